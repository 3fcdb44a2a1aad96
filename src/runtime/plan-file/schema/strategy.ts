import { z } from 'zod/mini';
import { once } from '../../once.js';
import { flag, mapping, optional, read, whole } from './fields.js';

const maxConcurrency = once(() =>
  optional(whole(1, 1_000_000), 'How many commands of the plan may run at once. Any number, if not given.'),
);
const stopOnError = (otherwise: boolean) =>
  optional(flag(), `Whether the first command that does not complete ends the plan. ${otherwise}, if not given.`);
const STRATEGY_TYPES = "'serial', 'parallel' or 'dependency_graph'";
const index = () => whole(0, Number.MAX_SAFE_INTEGER);
const indexKey = () =>
  z
    .string()
    .check(z.regex(/^(0|[1-9][0-9]*)$/, { error: 'the index of a command, from 0 (names go into depends_on)' }));

export const strategy = once(() =>
  read(
    z.union(
      [
        z.enum(['serial', 'parallel', 'dependency_graph'], { error: STRATEGY_TYPES }),
        z.discriminatedUnion(
          'type',
          [
            mapping({ type: z.literal('serial'), stop_on_error: stopOnError(true) }, 'a mapping'),
            mapping(
              { type: z.literal('parallel'), max_concurrency: maxConcurrency(), stop_on_error: stopOnError(false) },
              'a mapping',
            ),
            mapping(
              {
                type: z.literal('dependency_graph'),
                dependencies: optional(
                  z.record(indexKey(), z.array(index(), { error: 'a list of indices' }), {
                    error: 'a mapping of indices to lists of indices',
                  }),
                  'By the index of a command, from 0, the indices of those that must complete before it starts. Or write depends_on.',
                ),
                max_concurrency: maxConcurrency(),
                on_failure: optional(
                  z.enum(['skip_dependents', 'stop'], { error: "'skip_dependents' or 'stop'" }),
                  'What a failure ends: what depends on it, or the plan. skip_dependents, if not given.',
                ),
              },
              'a mapping',
            ),
          ],
          { error: STRATEGY_TYPES },
        ),
      ],
      { error: `${STRATEGY_TYPES}, or a mapping with one of them as its type` },
    ),
  ),
);
