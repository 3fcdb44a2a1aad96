import type { ExecutionResult, FailureCode } from '../../actors/protocol/execution.js';
import { labelOf } from '../text/label-of.js';
import { logOf } from './log-of.js';
import { type Markup, markup } from './markup.js';
import { outcomeOf } from './outcome-of.js';
import { charactersEach, tailOf } from './output-tail.js';
import type { RunReport } from './run-report.js';

/** Not the command's doing: it may be fine. */
const NOT_ITS_DOING: ReadonlySet<FailureCode> = new Set([
  'SPAWN_FAILED',
  'WORKER_LOST',
  'LAUNCHER_LOST',
  'ENGINE_STOPPED',
  'ENGINE_UNHEALTHY',
]);

type Kind = 'passed' | 'failure' | 'error' | 'skipped';

/**
 * JUnit XML as Jenkins and GitLab read it: one suite, a test case per command in the order of the plan. A time-out is a failure, what could
 * not be run is an error, and what was cancelled or never ran is skipped.
 */
export function junitReport(run: RunReport): string {
  const { plan, result, startedAt, title, logged, version } = run;
  const kinds = result.results.map(kindOf);
  const numberOf = (kind: Kind) => kinds.filter((one) => one === kind).length;
  const counts = markup`tests="${kinds.length}" failures="${numberOf('failure')}" errors="${numberOf('error')}" skipped="${numberOf('skipped')}" time="${seconds(result.totalDurationMs)}"`;
  const names = uniqueNames(plan.commands.map((_, index) => labelOf(plan, index)));
  const look = { title, logged, mostCharacters: charactersEach(2 * kinds.length) };
  const cases = result.results.map((one, index) => testCase(one, kinds[index] ?? 'passed', names[index] ?? '', look));
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${title}" ${counts}>
  <testsuite name="${title}" ${counts} timestamp="${new Date(startedAt).toISOString().slice(0, 19)}">
    <properties>
      <property name="execrx.version" value="${version}"/>
      <property name="execrx.plan.id" value="${result.planId}"/>
      <property name="execrx.plan.status" value="${result.status}"/>
    </properties>
${cases}  </testsuite>
</testsuites>
`.toString();
}

function kindOf({ status, error }: ExecutionResult): Kind {
  switch (status) {
    case 'completed':
      return 'passed';
    case 'cancelled':
      return 'skipped';
    case 'timeout':
      return 'failure';
    case 'failed':
      return error !== null && NOT_ITS_DOING.has(error.code) ? 'error' : 'failure';
  }
}

interface Look {
  title: string;
  logged: boolean;
  mostCharacters: number;
}

function testCase(result: ExecutionResult, kind: Kind, name: string, look: Look): Markup {
  const { title, mostCharacters } = look;
  return markup`    <testcase classname="${title}" name="${name}" time="${seconds(result.durationMs)}">
${verdict(result, kind, look)}${stream('system-out', result.stdout, mostCharacters)}${stream('system-err', result.stderr, mostCharacters)}    </testcase>
`;
}

function verdict(result: ExecutionResult, kind: Kind, { logged }: Look): Markup | null {
  const message = result.error?.message ?? outcomeOf(result);
  const type = result.status === 'timeout' ? 'TIMEOUT' : (result.error?.code ?? 'FAILED');
  switch (kind) {
    case 'passed':
      return null;
    case 'skipped':
      return markup`      <skipped message="${message}"/>\n`;
    case 'failure':
      return markup`      <failure type="${type}" message="${message}">${details(result, logged)}</failure>\n`;
    case 'error':
      return markup`      <error type="${type}" message="${message}">${details(result, logged)}</error>\n`;
  }
}

function details(result: ExecutionResult, logged: boolean): string {
  const { attempts, error } = result;
  const log = logOf(result, logged);
  return [
    ...(error === null ? [] : [`${error.code}: ${error.message}`]),
    `${outcomeOf(result)}${attempts > 1 ? ` after ${attempts} attempts` : ''}`,
    ...(log === null ? [] : [`log: ${log}`]),
  ].join('\n');
}

function stream(element: 'system-out' | 'system-err', output: string, mostCharacters: number): Markup | null {
  const { text, cut } = tailOf(output, mostCharacters);
  if (text === '') return null;
  const [start, end] =
    element === 'system-out'
      ? [markup`<system-out>`, markup`</system-out>`]
      : [markup`<system-err>`, markup`</system-err>`];
  return markup`      ${start}${cut ? '[…]\n' : ''}${text}${end}\n`;
}

/** Readers take two cases of one name for one: the second of a name says its place in the plan. */
function uniqueNames(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label, index) => {
    let name = label;
    while (taken.has(name)) name = `${name} #${index}`;
    taken.add(name);
    return name;
  });
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
