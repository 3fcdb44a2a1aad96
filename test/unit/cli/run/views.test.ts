import { expect } from 'chai';
import { labelsOf } from '#lib/cli/run/labels.js';
import { jsonView } from '#lib/cli/run/views/json.js';
import { lineView } from '#lib/cli/run/views/lines.js';
import { quietView } from '#lib/cli/run/views/quiet.js';
import { coloursOf } from '#lib/cli/text/colours.js';
import type { ExecutionEvent } from '#lib/index.js';
import { recordingConsole } from '../../../support/cli/recording-console.js';
import { failedWith, planOf, ran, reportOf } from '../../../support/run-reports.js';

const [timestamp, executionId] = [0, 'id of a'];
const plan = planOf({ type: 'serial' }, 'a');
plan.commands.forEach((command) => {
  command.id = executionId;
});
const shown = { plan, labels: labelsOf(plan), logged: false };
const plain = coloursOf(false);
const result = ran(0, 1_000, { id: executionId, stderr: 'one\ntwo\n', ...failedWith('EXIT_NON_ZERO', 'it failed') });
const events: ExecutionEvent[] = [
  { type: 'stdout', timestamp, executionId, line: 'out \x1b[31mred\x1b[0m\x1b[2J' },
  { type: 'stderr', timestamp, executionId, line: 'err' },
  { type: 'failed', timestamp, executionId, result, error: { code: 'EXIT_NON_ZERO', message: 'it failed' } },
];
const whole = reportOf(plan, [result]).result;

describe('the view of a run', () => {
  it('for a pipe puts the name before each line, keeps the streams apart, and says how each command ended', () => {
    const console = recordingConsole();
    const view = lineView(console, shown, plain);
    events.forEach(view.told);
    expect(console.written).to.deep.equal({
      out: 'a | out red\n',
      err: 'a | err\nexecrx: a: it failed (after 1.00 s)\n',
    });
    view.ended(whole);
    expect(console.written.err).to.match(/\nexecrx: 0 of 1 command completed, 1 failed in 1.00 s\n$/);
  });

  it('for programs is a line of JSON for each event, with the name of its command, and nothing else', () => {
    const console = recordingConsole();
    const view = jsonView(console, shown);
    const progress = {
      type: 'progress',
      timestamp,
      planId: 'p',
      completed: 1,
      total: 1,
      currentCommand: null,
    } as const;
    events.forEach(view.told);
    view.told(progress);
    view.ended(whole);
    const lines = console.written.out.split('\n');
    expect(lines.pop()).to.equal('');
    expect(lines.map((line) => JSON.parse(line))).to.deep.equal([
      ...events.map((event) => ({ ...event, name: 'a' })),
      progress,
    ]);
    expect(console.written.err).to.equal('');
  });

  it('when quiet says nothing but what failed', () => {
    const console = recordingConsole();
    const view = quietView(console, shown, plain);
    events.forEach(view.told);
    expect(console.written).to.deep.equal({ out: '', err: '' });
    view.ended(whole);
    expect(console.written.err).to.match(/^a: it failed\n {2}\| one\n {2}\| two\n0 of 1/);

    const silent = recordingConsole();
    quietView(silent, shown, plain).ended(reportOf(plan, [ran(0, 5, { id: executionId })]).result);
    expect(silent.written).to.deep.equal({ out: '', err: '' });
  });
});
