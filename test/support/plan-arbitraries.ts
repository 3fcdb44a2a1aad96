import type { Command } from '#dist/actors/protocol/command.js';
import type { ExecutionPlan, ExecutionStrategy, PlanCommand } from '#dist/actors/protocol/plan.js';
import { fc } from './fast-check.js';

/** Whatever an argument can hold, which is no NUL; and nothing that would be a reference. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', ' ', '~', 'null', 'yes', '0x10', '1.0', '- a', 'a: b', '# a', '*a', '!a', '<<'),
  )
  .map((value) => value.replaceAll('\0', '').replaceAll('${{', ''));
const nonEmpty = text.map((value) => `x${value}`);
const key = nonEmpty.map((value) => value.replaceAll('=', ''));
const milliseconds = fc.integer({ min: 1, max: 2_147_483_647 });
const strings = fc.dictionary(key, text, { maxKeys: 4 }).map((entries) => ({ ...entries }));
const args = fc.array(text, { maxLength: 4 });
const metadata = fc.record({ source: text, conversationId: text, tags: strings }, { requiredKeys: [] });

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('exec' as const), program: nonEmpty, args }),
  fc.record(
    { type: fc.constant('shell' as const), command: nonEmpty, shell: nonEmpty },
    { requiredKeys: ['type', 'command'] },
  ),
  fc.record(
    { type: fc.constant('script' as const), path: nonEmpty, interpreter: nonEmpty, args },
    { requiredKeys: ['type', 'path'] },
  ),
  fc.record(
    {
      type: fc.constant('aws_cli' as const),
      service: nonEmpty,
      operation: nonEmpty,
      args,
      profile: nonEmpty,
      region: nonEmpty,
    },
    { requiredKeys: ['type', 'service', 'operation'] },
  ),
);

const retry = fc.record(
  {
    attempts: fc.integer({ min: 1, max: 1_000_000 }),
    backoffMs: milliseconds,
    factor: fc.double({ min: 1, max: 1e300, noNaN: true }),
    maxBackoffMs: milliseconds,
    on: fc.subarray<'failed' | 'timeout'>(['failed', 'timeout'], { minLength: 1 }),
  },
  { requiredKeys: ['attempts', 'backoffMs'] },
);

const planCommand: fc.Arbitrary<PlanCommand> = fc.record(
  {
    id: fc.uuid(),
    command,
    env: strings,
    inheritEnv: fc.boolean(),
    workingDir: nonEmpty,
    stdin: text,
    timeoutMs: milliseconds,
    queueTimeoutMs: milliseconds,
    idleTimeoutMs: milliseconds,
    priority: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((priority) => !Object.is(priority, -0)),
    retry,
    maxOutputSizeBytes: fc.integer({ min: 0, max: 536_870_888 }),
    oversizedOutputStrategy: fc.constantFrom('truncate_with_warning', 'fail_execution', 'stream_to_file'),
    metadata,
  },
  { requiredKeys: ['command'] },
);

/** Every command depends on earlier ones only. */
function strategies(count: number): fc.Arbitrary<ExecutionStrategy> {
  const maxConcurrency = fc.integer({ min: 1, max: 1_000 });
  const lists = fc.tuple(
    ...Array.from({ length: count }, (_, index) => fc.uniqueArray(fc.nat(Math.max(0, index - 1)), { maxLength: 3 })),
  );
  const dependencies = lists.map((all) =>
    Object.fromEntries([...all.entries()].filter(([index, list]) => index > 0 && list.length > 0)),
  );
  return fc.oneof(
    fc.record({ type: fc.constant('serial' as const), stopOnError: fc.boolean() }, { requiredKeys: ['type'] }),
    fc.record(
      { type: fc.constant('parallel' as const), maxConcurrency, stopOnError: fc.boolean() },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constant('dependency_graph' as const),
        dependencies,
        maxConcurrency,
        onFailure: fc.constantFrom('skip_dependents' as const, 'stop' as const),
      },
      { requiredKeys: ['type', 'dependencies'] },
    ),
  );
}

/** Plans that a file can hold; every other command has a name. */
export const plans: fc.Arbitrary<ExecutionPlan> = fc
  .uniqueArray(planCommand, { minLength: 1, maxLength: 5, selector: ({ id }) => id ?? {} })
  .map((commands) => commands.map((one, index) => (index % 2 === 0 ? { ...one, name: `command-${index}` } : one)))
  .chain((commands) =>
    fc.record(
      {
        id: fc.uuid(),
        description: text,
        strategy: strategies(commands.length),
        commands: fc.constant(commands),
        timeoutMs: milliseconds,
        metadata,
      },
      { requiredKeys: ['strategy', 'commands'] },
    ),
  );

/** The fields of which the keys are the user's own. */
const OWN_KEYS = new Set(['env', 'tags', 'dependencies']);

/** A plan as a file has it: every field by its name in snake_case. */
export function fileOf(value: unknown, isOwn = false): unknown {
  if (Array.isArray(value)) return value.map((item) => fileOf(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, field]) => [
    isOwn ? name : snake(name),
    fileOf(field, OWN_KEYS.has(name)),
  ]);
  return Object.fromEntries(entries);
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
