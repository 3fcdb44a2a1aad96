import { expect } from 'chai';
import { junitReport } from '#lib/cli/report/junit-report.js';
import { fc } from '../../../support/fast-check.js';
import { hostileText } from '../../../support/hostile-text.js';
import { failedWith, neverRan, planOf, ran, reportOf, shellCommand } from '../../../support/run-reports.js';
import { type Element, parseXml } from '../../../support/xml.js';

const casesOf = (xml: string) => find(parseXml(xml), 'testcase');
const namesOf = ({ children }: Element) => children.map(({ name }) => name);

describe('junitReport', () => {
  const mixed = reportOf(
    planOf({ type: 'parallel' }, 'ok', 'broken', 'slow', 'missing', 'lost', 'never'),
    [
      ran(0, 1_500),
      ran(0, 20, { ...failedWith('EXIT_NON_ZERO', 'exited with code 2'), stdout: 'out\n', stderr: 'a < b\n' }),
      ran(0, 2_000, failedWith('IDLE_TIMEOUT', 'silent for 1 s')),
      ran(0, 1, failedWith('SPAWN_FAILED', 'no such program')),
      ran(0, 1, failedWith('WORKER_LOST')),
      neverRan(20, 'DEPENDENCY_FAILED'),
    ],
    { title: 'Nightly' },
  );

  it('is one suite, with the counts, the time and the start of the plan', () => {
    const [suites] = find(parseXml(junitReport(mixed)), 'testsuites');
    const [suite] = find(parseXml(junitReport(mixed)), 'testsuite');
    const counts = { tests: '6', failures: '2', errors: '2', skipped: '1', time: '2.000' };
    expect(suites?.attributes).to.deep.equal({ name: 'Nightly', ...counts });
    expect(suite?.attributes).to.deep.equal({ name: 'Nightly', ...counts, timestamp: '2026-03-01T09:30:00' });
    expect(find(parseXml(junitReport(mixed)), 'property').map(({ attributes }) => attributes)).to.deep.equal([
      { name: 'execrx.version', value: '1.2.3' },
      { name: 'execrx.plan.id', value: 'a plan id' },
      { name: 'execrx.plan.status', value: 'failed' },
    ]);
  });

  it('has a case per command, in the order of the plan', () => {
    expect(casesOf(junitReport(mixed)).map(({ attributes }) => attributes)).to.deep.equal(
      ['ok', 'broken', 'slow', 'missing', 'lost', 'never'].map((name, index) => ({
        classname: 'Nightly',
        name,
        time: ['1.500', '0.020', '2.000', '0.001', '0.001', '0.000'][index],
      })),
    );
  });

  it('tells failures, errors and what was skipped apart', () => {
    const [ok, broken, slow, missing, lost, never] = casesOf(junitReport(mixed));
    expect(ok?.children).to.deep.equal([]);
    expect(broken?.children[0]).to.deep.include({
      name: 'failure',
      attributes: { type: 'EXIT_NON_ZERO', message: 'exited with code 2' },
      text: 'EXIT_NON_ZERO: exited with code 2\nexit code 2\nlog: /logs/x.log',
    });
    expect(slow?.children[0]).to.deep.include({
      name: 'failure',
      attributes: { type: 'TIMEOUT', message: 'silent for 1 s' },
    });
    expect(missing?.children[0]).to.deep.include({
      name: 'error',
      attributes: { type: 'SPAWN_FAILED', message: 'no such program' },
    });
    expect(lost?.children[0]?.name).to.equal('error');
    expect(never?.children).to.have.length(1);
    expect(never?.children[0]?.name).to.equal('skipped');
    expect(never?.children[0]?.attributes.message).to.match(/^It depends on test/);
  });

  it('names no log where none is kept', () => {
    const [, broken] = casesOf(junitReport({ ...mixed, logged: false }));
    expect(broken?.children[0]?.text).to.equal('EXIT_NON_ZERO: exited with code 2\nexit code 2');
  });

  it('has the end of what a command wrote, after how it ended', () => {
    const broken = casesOf(junitReport(mixed))[1] as Element;
    expect(namesOf(broken)).to.deep.equal(['failure', 'system-out', 'system-err']);
    expect(broken.children.slice(1).map(({ text }) => text)).to.deep.equal(['out', 'a < b']);
    const long = ran(0, 1, { stdout: Array.from({ length: 500 }, (_, index) => `line ${index}\n`).join('') });
    const [one] = casesOf(junitReport(reportOf(planOf({ type: 'serial' }, 'a'), [long])));
    expect(one?.children[0]?.text).to.match(/^\[…\]\nline 300\n[\s\S]*line 499$/);
  });

  it('gives every case a name of its own', () => {
    const plan = planOf({ type: 'serial' }, shellCommand('make'), shellCommand('make #2'), shellCommand('make'));
    const report = reportOf(plan, [ran(0, 1), ran(1, 2), ran(2, 3)]);
    expect(casesOf(junitReport(report)).map(({ attributes }) => attributes.name)).to.deep.equal([
      'make',
      'make #2',
      'make #2 #2',
    ]);
  });

  it('is well-formed and keeps its shape, whatever a command is called, runs, says and writes', () => {
    const shape = (text: string) => {
      const failed = ran(0, 1, {
        ...failedWith('EXIT_NON_ZERO', text),
        stdout: `.${text}.`,
        stderr: `.${text}.`,
        logPath: text,
      });
      const skipped = { ...neverRan(1), error: { code: 'PLAN_STOPPED', message: text } as const };
      const plan = planOf({ type: 'serial' }, shellCommand(text), shellCommand('x'));
      return skeleton(parseXml(junitReport({ ...reportOf(plan, [failed, skipped], { title: text }), version: text })));
    };
    const expected = shape('harmless');
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(shape(text)).to.deep.equal(expected);
      }),
    );
  });

  it('stays below what a string can hold, for thousands of commands that wrote much', () => {
    const stdout = 'x'.repeat(100_000);
    const results = Array.from({ length: 10_000 }, () => ran(0, 1, { stdout, stderr: stdout }));
    const plan = planOf({ type: 'parallel' }, ...results.map(() => shellCommand('true')));
    expect(junitReport(reportOf(plan, results)).length).to.be.below(32 * 1_024 * 1_024);
  });
});

function find(element: Element, name: string): Element[] {
  const below = element.children.flatMap((child) => find(child, name));
  return element.name === name ? [element, ...below] : below;
}

/** Names of elements and attributes alone. */
function skeleton({ name, attributes, children }: Element): unknown {
  return [name, Object.keys(attributes), children.map(skeleton)];
}
