import { z } from 'zod/mini';
import { once } from '../../once.js';
import { described, mapping, optional, period, read, text, uuid } from './fields.js';
import { metadata } from './metadata.js';
import { planCommand } from './plan-command.js';
import { strategy } from './strategy.js';

export const planFileSchema = once(() =>
  read(
    mapping(
      {
        $schema: optional(z.string({ error: 'text' }), 'Where editors find this schema.'),
        id: optional(uuid(), 'A UUID. Made, if not given.'),
        description: optional(text(), 'For people.'),
        strategy: optional(
          strategy(),
          'In which order the commands run. If not given: by their depends_on, or one after the other if there is none.',
        ),
        commands: described(
          z
            .array(planCommand(), { error: 'a list of commands' })
            .check(z.minLength(1, { error: 'at least one command' })),
          'What to run.',
        ),
        timeout_ms: optional(period(1), 'Longest run of the whole plan.'),
        metadata: optional(metadata(), 'For every command that has none of its own.'),
      },
      'a mapping with commands',
    ),
  ),
);

/** A plan file whose every field is right; how they fit together is another question. */
export type PlanFile = z.infer<ReturnType<typeof planFileSchema>>;
export type CommandEntry = PlanFile['commands'][number];
