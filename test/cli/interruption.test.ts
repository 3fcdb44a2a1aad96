import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { useCommandLines } from '../support/cli/command-line.js';
import { eventually } from '../support/eventually.js';
import { isRunning } from '../support/proc.js';
import { untilGone } from '../support/processes.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

/** Tells the pids of a process and of its child; `trap` says what SIGTERM does to both. */
const tree = (trap: string) =>
  `trap '${trap}' TERM; sh -c "trap '${trap}' TERM; echo \\$\\$; while :; do sleep 0.1; done" & echo $$; while :; do sleep 0.1; done`;

describe('an interrupted command', () => {
  const start = useCommandLines();
  const path = useTemporaryDirectory();

  async function pidsIn(out: () => string): Promise<number[]> {
    const pids = () => [...out().matchAll(/(\d+)$/gm)].map(([, pid]) => Number(pid));
    await eventually('two processes have told their pids', () => pids().length === 2);
    expect(pids().every(isRunning)).to.equal(true);
    return pids();
  }

  function planOf(script: string): string {
    const command = { type: 'shell', command: script };
    writeFileSync(
      path('plan.json'),
      JSON.stringify({
        commands: [
          { name: 'a', command },
          { name: 'b', command, depends_on: ['a'] },
        ],
      }),
    );
    return path('plan.json');
  }

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`ends with ${code} after ${signal}, once its processes have had the chance to end`, async () => {
      const script = tree(`touch ${path('asked')}; exit`);
      const { child, out, ended } = start(['run', planOf(script), '--report', path('report.html')]);
      const pids = await pidsIn(out);
      child.kill(signal);
      const { code: exitCode, err } = await ended;
      expect(exitCode).to.equal(code);
      expect(pids.filter(isRunning)).to.deep.equal([]);
      expect(existsSync(path('asked'))).to.equal(true);
      expect(err).to.include('1 cancelled, 1 never ran');
      expect(readFileSync(path('report.html'), 'utf8')).to.include('>cancelled');
    });
  }

  it('kills at the second signal what does not want to end', async () => {
    const env = { EXECRX_KILL_GRACE_MS: '600000' };
    const { child, out, ended } = start(['run', planOf(tree(`touch ${path('asked')}`))], { env });
    const pids = await pidsIn(out);
    child.kill('SIGINT');
    await eventually('they have been asked to end', () => existsSync(path('asked')));
    child.kill('SIGINT');
    expect(await ended).to.deep.include({ code: 130, signal: null });
    await untilGone(pids);
  });

  it('kills after the grace period what does not want to end', async () => {
    const env = { EXECRX_KILL_GRACE_MS: '50' };
    const { child, out, ended } = start(['exec', '--', 'sh', '-c', tree('')], { env });
    const pids = await pidsIn(out);
    child.kill('SIGINT');
    expect((await ended).code).to.equal(130);
    expect(pids.filter(isRunning)).to.deep.equal([]);
  });

  it('begins no more items', async () => {
    const { child, out, ended } = start(['map', '--jobs', '1', '--lines', `sh -c 'echo started; exec sleep 60'`]);
    child.stdin?.write('a\nb\nc\n');
    await eventually('one has started', () => out() === 'a | started\n');
    child.kill('SIGINT');
    const { code, out: all, err } = await ended;
    expect({ code, all }).to.deep.equal({ code: 130, all: 'a | started\n' });
    expect(err).to.equal('execrx: interrupted after 0 items\n');
  });

  for (const [what, args] of [
    ['exec', ['exec', '--', 'yes']],
    ['map', ['map', '--lines', 'yes']],
    ['run', ['run', 'plan']],
  ] as const) {
    it(`ends quietly when nobody reads the output of ${what} any more`, async () => {
      const plan = planOf('yes');
      const { child, ended } = start(
        args.map((argument) => (argument === 'plan' ? plan : argument)),
        { input: 'y\n' },
      );
      child.stdout?.once('data', () => child.stdout?.destroy());
      const { code, err } = await ended;
      expect(code).to.equal(1);
      expect(err).not.to.match(/EPIPE|Error|^ +at /m);
    });
  }
});
