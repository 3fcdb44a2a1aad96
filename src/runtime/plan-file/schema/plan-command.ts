import { z } from 'zod/mini';
import { atLeastOne, keptBytes, oversizedOutputStrategy } from '../../config/schema.js';
import { once } from '../../once.js';
import { isMapping } from '../value.js';
import { command } from './command.js';
import {
  described,
  flag,
  mapping,
  nonEmpty,
  optional,
  period,
  read,
  spelled,
  string,
  text,
  uuid,
  whole,
} from './fields.js';
import { metadata } from './metadata.js';

const retry = once(() =>
  read(
    mapping(
      {
        attempts: described(whole(1, 1_000_000), 'How many times the command may be started in all.'),
        backoff_ms: described(period(0), 'Pause before the second attempt.'),
        factor: optional(read(atLeastOne()), 'Each further pause is the previous one times this. 1, if not given.'),
        max_backoff_ms: optional(period(0), 'The longest pause.'),
        on: optional(
          z
            .array(z.enum(['failed', 'timeout'], { error: "'failed' or 'timeout'" }), {
              error: "a list of 'failed' and 'timeout'",
            })
            .check(z.minLength(1, { error: "'failed', 'timeout' or both" })),
          'Which outcomes are tried again. Failures, if not given.',
        ),
      },
      'a mapping with attempts and backoff_ms',
    ),
  ),
);

const NAME = /^[A-Za-z0-9_-]+$/;
const name = once(() => spelled(string().check(z.regex(NAME, { error: 'a name of letters, digits, _ and -' }))));
const variableName = () =>
  z.string().check(z.regex(/^[^=\0]+$/, { error: "a variable name without '=' and NUL bytes" }));

const FORMS = ['command', 'run', 'exec'] as const;

export const planCommand = once(() =>
  read(
    mapping(
      {
        name: optional(name(), 'What other commands call this one, in depends_on and where they use what it wrote.'),
        depends_on: optional(
          z.union([name(), z.array(name(), { error: 'a list of names' })], { error: 'a name or a list of names' }),
          'The commands that must complete before this one starts.',
        ),
        run: optional(nonEmpty(), 'A line, or lines, for bash.'),
        exec: optional(
          z.tuple([nonEmpty()], text(), { error: 'a list: [program, argument, …]' }),
          'A program and its arguments; no shell is involved.',
        ),
        command: optional(command(), 'What to run, in full.'),
        id: optional(uuid(), 'A UUID. Made, if not given.'),
        env: optional(
          z.record(variableName(), text(), { error: 'a mapping of variables' }),
          'Variables on top of the environment.',
        ),
        inherit_env: optional(flag(), 'false: nothing but env is the environment.'),
        working_dir: optional(nonEmpty(), 'From where the plan is run, if relative; not from where its file is.'),
        stdin: optional(text(), 'What the command is fed. Nothing, if not given.'),
        timeout_ms: optional(period(1), 'Longest run of one attempt.'),
        queue_timeout_ms: optional(period(1), 'Longest wait for a slot.'),
        idle_timeout_ms: optional(period(1), 'Longest silence on both streams.'),
        priority: optional(read(z.number({ error: 'a finite number' })), 'Higher goes first. 0, if not given.'),
        retry: optional(retry(), 'What to do when the command fails.'),
        max_output_size_bytes: optional(read(keptBytes()), 'How much output is kept, per stream.'),
        oversized_output_strategy: optional(oversizedOutputStrategy(), 'What happens to more output than is kept.'),
        metadata: optional(metadata(), 'Notes.'),
      },
      'a mapping with run, exec or command',
    ).check(
      z.refine((fields) => FORMS.filter((form) => (fields[form] ?? null) !== null).length === 1, {
        error: 'exactly one of run, exec and command',
        // Also where other fields are wrong.
        when: ({ value }) => isMapping(value),
      }),
      z.meta({ oneOf: FORMS.map((form) => ({ required: [form] })) }),
    ),
  ),
);
