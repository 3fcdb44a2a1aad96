import { z } from 'zod/mini';
import { once } from '../../once.js';
import { described, mapping, nonEmpty, optional, read, text } from './fields.js';

const args = once(() =>
  optional(z.array(text(), { error: 'a list of arguments' }), 'Passed on as they are; no shell is involved.'),
);

const COMMAND_TYPES = "'exec', 'shell', 'script' or 'aws_cli'";
export const command = once(() =>
  read(
    z.discriminatedUnion(
      'type',
      [
        mapping({ type: z.literal('exec'), program: nonEmpty(), args: args() }, 'a mapping'),
        mapping(
          { type: z.literal('shell'), command: nonEmpty(), shell: optional(nonEmpty(), 'bash, if not given.') },
          'a mapping',
        ),
        mapping(
          {
            type: z.literal('script'),
            path: described(nonEmpty(), 'From the working directory of the command, if relative.'),
            interpreter: optional(nonEmpty(), 'If not given: what the first line of the script says, else bash.'),
            args: args(),
          },
          'a mapping',
        ),
        mapping(
          {
            type: z.literal('aws_cli'),
            service: nonEmpty(),
            operation: nonEmpty(),
            args: args(),
            profile: optional(nonEmpty(), 'AWS_PROFILE.'),
            region: optional(nonEmpty(), 'AWS_REGION.'),
          },
          'a mapping',
        ),
      ],
      {
        error: ({ code }) =>
          code === 'invalid_union'
            ? COMMAND_TYPES
            : `a mapping with a type: ${COMMAND_TYPES} (for a line of shell, write run:)`,
      },
    ),
  ),
);
