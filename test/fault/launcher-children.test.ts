import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { expect } from 'chai';
import { type ExecutionRequest, exec, shell } from 'execrx';
import { withEngine } from '../support/fault/rig.js';

async function run(request: ExecutionRequest, check: (result: import('execrx').ExecutionResult) => void) {
  await withEngine({ spawner: 'launcher' }, async ({ engine }) => check(await engine.run(request)));
}

describe('a command that a launcher has started', () => {
  it('can write to /dev/stdout and /dev/stderr', async () => {
    await run({ command: shell('echo out > /dev/stdout; echo err > /dev/stderr') }, ({ stdout, stderr, exitCode }) => {
      expect({ stdout, stderr, exitCode }).to.deep.equal({ stdout: 'out\n', stderr: 'err\n', exitCode: 0 });
    });
  });

  it('has three descriptors, two of them pipes', async () => {
    await run({ command: exec('ls', '-l', '/proc/self/fd') }, ({ stdout }) => {
      const links = [...stdout.matchAll(/ (\d+) -> (\S+)/g)].map(([, fd, target]) => `${fd} ${target}`);
      expect(links).to.have.lengthOf(4); // the fourth is the directory that ls reads
      expect(links[0]).to.equal('0 /dev/null');
      expect(links[1]).to.match(/^1 pipe:/);
      expect(links[2]).to.match(/^2 pipe:/);
      expect(links[3]).to.match(/^3 \/proc\/\d+\/fd$/);
    });
  });

  it('has its processor time and memory reported', async () => {
    const busy = 'const end = Date.now() + 400; while (Date.now() < end);';
    await run({ command: exec(process.execPath, '-e', busy) }, ({ resourceUsage, durationMs }) => {
      const { userMs = 0, systemMs = 0, maxRssBytes = 0 } = resourceUsage ?? {};
      expect(userMs).to.be.above(80); // it shares the machine with others
      expect(userMs + systemMs).to.be.below(durationMs * 3);
      expect(maxRssBytes).to.be.within(10_000_000, 500_000_000);
    });
  });

  it('is scheduled like any other child of the app, however promptly the launcher itself is', async () => {
    const GET_ATTRIBUTES = process.arch === 'x64' ? 315 : 275; // sched_getattr(2)
    const script = `my $it = "\\0" x 48; syscall(${GET_ATTRIBUTES}, 0, $it, 48, 0) == 0 or die $!; print unpack("H*", $it)`;
    const expected = execFileSync('perl', ['-e', script], { encoding: 'utf8' });
    await run({ command: exec('perl', '-e', script) }, ({ stdout }) => expect(stdout).to.equal(expected));
  });

  it('has an exit with code 143 told from a death by SIGTERM', async () => {
    await run({ command: shell('exit 143') }, ({ exitCode, signal, error }) => {
      expect({ exitCode, signal, code: error?.code }).to.deep.equal({
        exitCode: 143,
        signal: null,
        code: 'EXIT_NON_ZERO',
      });
    });
    await run({ command: shell('kill -TERM $$') }, ({ exitCode, signal, error }) => {
      expect({ exitCode, signal, code: error?.code }).to.deep.equal({
        exitCode: null,
        signal: 'SIGTERM',
        code: 'SIGNALLED',
      });
    });
  });

  it('gets its environment, working directory and input', async () => {
    const command = shell('echo "$GIVEN"; pwd -P; cat');
    const request = { command, env: { GIVEN: 'a  "b"' }, workingDir: '/usr', stdin: 'fed' };
    await run(request, ({ stdout }) => expect(stdout).to.equal(`a  "b"\n${realpathSync('/usr')}\nfed`));
    const bare = { command: exec('/usr/bin/env'), inheritEnv: false, env: { ONLY: 'this' } };
    await run(bare, ({ stdout }) => expect(stdout).to.equal('ONLY=this\n'));
  });
});
