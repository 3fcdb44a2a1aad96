import type { EngineConfig } from '../../actors/protocol/config.js';
import { ConfigurationError, type InputProblem } from '../../actors/protocol/errors.js';
import { once } from '../once.js';
import { problemsOf } from '../problems.js';
import { configFields, configSchema } from './schema.js';

const PREFIX = 'EXECRX_';

type Field = Exclude<keyof EngineConfig, 'logger'>;

const fieldOf = once(
  () =>
    new Map<string, Field>(
      (Object.keys(configFields()) as Array<keyof EngineConfig>)
        .filter((field): field is Field => field !== 'logger')
        .map((field) => [variableOf(field), field]),
    ),
);

/**
 * Reads `EXECRX_…` variables: `EXECRX_MAX_CONCURRENT_EXECUTIONS=8` is `{ maxConcurrentExecutions: 8 }`. Booleans are `true`, `false`, `1`
 * and `0`. An empty variable counts as absent.
 * @throws {ConfigurationError} naming every variable that is unknown or cannot be parsed
 */
export function configFromEnv(env: Readonly<Record<string, string | undefined>>): Partial<EngineConfig> {
  const problems: InputProblem[] = [];
  const config: Record<string, unknown> = {};
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith(PREFIX) || text === undefined || text === '') continue;
    const field = fieldOf().get(variable);
    // What an unknown variable holds may be a secret.
    if (field === undefined) problems.push({ path: variable, expected: 'no such variable', received: typeof text });
    else config[field] = parse(text, field);
  }
  const parsed = configSchema().safeParse(config);
  if (!parsed.success) {
    const named = problemsOf(parsed.error, config);
    problems.push(...named.map((problem) => ({ ...problem, path: variableOf(problem.path) })));
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return config;
}

const FLAGS = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function variableOf(field: string): string {
  return PREFIX + field.replace(/[A-Z]/g, '_$&').toUpperCase();
}

/** Text that does not parse is passed on as it is, for the schema to refuse it. */
function parse(text: string, field: Field): unknown {
  if (isFlag(field)) return FLAGS.get(text.toLowerCase()) ?? text;
  if (isNumber(field)) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  return text;
}

function isFlag(field: Field): boolean {
  return configFields()[field].safeParse(true).success;
}

function isNumber(field: Field): boolean {
  return configFields()[field].safeParse(8).success;
}
