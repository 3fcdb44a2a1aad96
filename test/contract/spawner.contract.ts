/** What every way of starting processes must do, tested on real ones. A suite per spawner runs it. */
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { expect } from 'chai';
import { createSlotMemory, ProcessSlotReader, ProcessSlotWriter } from '#lib/actors/process/process-slots.js';
import type { Spawner, SpawnRefusal } from '#lib/actors/worker/spawner/spawner.js';
import { eventually } from '../support/eventually.js';
import { kill, runs } from '../support/scripted-processes.js';
import { finish, type Running, start, type TestSpec } from '../support/spawning.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

/** What `inheritEnv` stands for in these tests. */
export const OWN_ENVIRONMENT = { PATH: process.env.PATH as string, OWN: 'from the engine', BOTH: 'overridden' };

const SLOTS = 16;
const PATH = process.env.PATH as string;
/** Prints each argument after the first as a line of JSON, so that nothing about it is lost. */
const PRINT_ARGS = 'for (const argument of process.argv.slice(1)) console.log(JSON.stringify(argument))';

/** What whoever started this test run left open for everyone below; Node closes it for its children only up to number 15. */
const INHERITED = new Set(readdirSync('/proc/self/fd').filter((fd) => Number(fd) > 2 && isInheritable(fd)));

export function describeSpawner(name: string, make: (slots: ProcessSlotWriter) => Promise<Spawner>): void {
  describe(`${name} (spawner contract)`, () => {
    const at = useTemporaryDirectory();
    let spawner: Spawner;
    let ledger: ProcessSlotReader;
    let running: Running[];

    beforeEach(async () => {
      const memory = createSlotMemory(SLOTS);
      ledger = new ProcessSlotReader(memory);
      spawner = await make(new ProcessSlotWriter(memory));
      running = [];
    });

    afterEach(async () => {
      for (const { process } of running) kill(-process.pid);
      await spawner.stop();
    });

    async function spawn(spec: TestSpec): Promise<Running> {
      const started = await start(spawner, spec);
      running.push(started);
      return started;
    }

    const run = async (spec: TestSpec) => finish(await spawn(spec));
    const sh = (script: string, spec: Partial<TestSpec> = {}) =>
      spawn({ program: 'sh', args: ['-c', script], ...spec });
    const runSh = async (script: string, spec: Partial<TestSpec> = {}) => finish(await sh(script, spec));

    async function refusal(spec: TestSpec): Promise<SpawnRefusal> {
      const answer = await spawner.spawn({
        args: [],
        env: { PATH },
        inheritEnv: false,
        cwd: null,
        pipeInput: false,
        ...spec,
      });
      if (answer.type === 'spawned') throw new Error(`${spec.program} was started`);
      return answer;
    }

    describe('what the program is given', () => {
      it('is its arguments, unchanged', async () => {
        const args = [
          '',
          ' ',
          'two words',
          "it's",
          '"quoted"',
          '$(id)',
          '`id`',
          '$HOME',
          '*',
          '~',
          'a\nb',
          '\\',
          '-n',
          'é😀',
          '',
        ];
        const { stdout } = await run({ program: process.execPath, args: ['-e', PRINT_ARGS, '--', ...args] });
        const received = stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line));
        expect(received).to.deep.equal(args);
      });

      it('is the environment given on top of the own one, when it inherits', async () => {
        const env = { BOTH: 'from the request', MORE: 'x' };
        const { stdout } = await run({ program: 'env', args: ['-0'], env, inheritEnv: true });
        expect(stdout.split('\0').filter(Boolean).sort()).to.deep.equal(
          ['BOTH=from the request', 'MORE=x', 'OWN=from the engine', `PATH=${PATH}`].sort(),
        );
      });

      it('is exactly the environment given', async () => {
        const env = { PATH, EMPTY: '', ODD: ' a=b\n"c" ', UNICODE: 'é' };
        const { stdout } = await run({ program: 'env', args: ['-0'], env });
        expect(stdout.split('\0').filter(Boolean).sort()).to.deep.equal(
          Object.entries(env)
            .map(([variable, value]) => `${variable}=${value}`)
            .sort(),
        );
      });

      it('is an empty environment where that was given', async () => {
        const { stdout, exit } = await run({ program: '/usr/bin/env', env: {} });
        expect([stdout, exit.exitCode]).to.deep.equal(['', 0]);
      });

      it('is the working directory, or the own one of this process', async () => {
        const { stdout } = await run({ program: 'pwd', args: ['-P'], cwd: at() });
        expect(stdout).to.equal(`${realpathSync(at())}\n`);
        expect((await run({ program: 'pwd', args: ['-P'] })).stdout).to.equal(`${realpathSync('.')}\n`);
      });

      it('is looked up on the PATH of its own environment', async () => {
        writeFileSync(at('only-here'), '#!/bin/sh\necho found\n', { mode: 0o755 });
        const { stdout } = await run({ program: 'only-here', env: { PATH: `${at()}:${PATH}` } });
        expect(stdout).to.equal('found\n');
      });

      it('may be a path relative to the working directory', async () => {
        mkdirSync(at('bin'));
        writeFileSync(at('bin', 'tool'), '#!/bin/sh\necho found\n', { mode: 0o755 });
        expect((await run({ program: './bin/tool', cwd: at() })).stdout).to.equal('found\n');
      });
    });

    describe('standard input', () => {
      it('is at its end at once when there is none', async () => {
        const { process, ...rest } = await spawn({ program: 'cat' });
        expect(process.stdin).to.equal(null);
        const { exit, stdout } = await finish({ process, ...rest });
        expect([exit.exitCode, stdout]).to.deep.equal([0, '']);
      });

      it('is fed and ended through the pipe', async () => {
        const cat = await spawn({ program: 'cat', pipeInput: true });
        cat.process.stdin?.write('first ');
        await eventually('the first part comes back', () => cat.stdout() === 'first ');
        cat.process.stdin?.end('last');
        expect((await finish(cat)).stdout).to.equal('first last');
      });

      it('takes much more than a pipe holds', async () => {
        const wc = await spawn({ program: 'wc', args: ['-c'], pipeInput: true });
        wc.process.stdin?.end(Buffer.alloc(3_000_000, 'x'));
        expect((await finish(wc)).stdout.trim()).to.equal('3000000');
      });

      it('of one process is not kept open by another that started meanwhile', async () => {
        const cat = await spawn({ program: 'cat', pipeInput: true });
        const sleeper = await spawn({ program: 'sleep', args: ['60'] });
        cat.process.stdin?.end('a');
        expect((await finish(cat)).stdout).to.equal('a');
        expect(runs(sleeper.process.pid)).to.equal(true);
      });
    });

    describe('output', () => {
      it('comes in two separate streams', async () => {
        const { stdout, stderr } = await runSh('echo out; echo err >&2');
        expect({ stdout, stderr }).to.deep.equal({ stdout: 'out\n', stderr: 'err\n' });
      });

      it('is complete, also when the process writes a lot and leaves at once', async () => {
        const write = 'head -c 2000000 /dev/zero; head -c 1000000 /dev/zero >&2';
        const { stdout, stderr } = await runSh(write);
        expect([stdout.length, stderr.length]).to.deep.equal([2_000_000, 1_000_000]);
      });

      it('is bytes, whatever they are', async () => {
        const { stdoutBytes } = await runSh("printf '\\377\\000\\303\\251'");
        expect(stdoutBytes.equals(Buffer.from([0xff, 0x00, 0xc3, 0xa9]))).to.equal(true);
      });

      it('is complete, also when a descendant writes on after the process has ended', async () => {
        const { stdout, stderr } = await runSh('echo now; echo err >&2; (sleep 0.1; echo later) &');
        expect({ stdout, stderr }).to.deep.equal({ stdout: 'now\nlater\n', stderr: 'err\n' });
      });

      it('is complete, also when it is as much as a pipe holds, or a little less or more', async () => {
        for (const size of [65_535, 65_536, 65_537]) {
          const { stdout, stderr } = await runSh(`head -c ${size} /dev/zero; head -c ${size} /dev/zero >&2`);
          expect([stdout.length, stderr.length]).to.deep.equal([size, size]);
        }
      });

      it('is not held back while the process runs on', async () => {
        for (let i = 0; i < 10; i++) {
          const shell = await sh('echo out; echo err >&2; exec sleep 60');
          await eventually(
            'both lines are there',
            () => shell.stdout() === 'out\n' && shell.chunks.stderr.join('') === 'err\n',
          );
        }
      });

      it('can be read before the process ends', async () => {
        const shell = await sh('echo ready; exec sleep 60');
        await eventually('it is ready', () => shell.stdout() === 'ready\n');
        expect(runs(shell.process.pid)).to.equal(true);
      });
    });

    describe('the exit', () => {
      for (const code of [0, 1, 127, 130, 255]) {
        it(`is told with the exact code ${code}, and no signal`, async () => {
          const { exit } = await runSh(`exit ${code}`);
          expect([exit.exitCode, exit.signal]).to.deep.equal([code, null]);
        });
      }

      for (const signal of ['SIGTERM', 'SIGKILL', 'SIGABRT', 'SIGUSR2'] as const) {
        it(`is told with the exact signal ${signal}, and no code`, async () => {
          const { exit } = await runSh(`kill -${signal.slice(3)} $$`);
          expect([exit.exitCode, exit.signal]).to.deep.equal([null, signal]);
        });
      }

      it('is told once', async () => {
        const shell = await sh('exit 3');
        await finish(shell);
        await shell.outputEnded;
        expect(shell.exits).to.have.lengthOf(1);
      });

      it('is told at once to a listener that comes late', async () => {
        const shell = await sh('exit 3');
        await finish(shell);
        let told: number | null = null;
        shell.process.onExit(({ exitCode }) => {
          told = exitCode;
        });
        expect(told).to.equal(3);
      });

      it('is told while a descendant still holds the pipes', async () => {
        const shell = await sh('sleep 60 & exit 4');
        const exit = await shell.exited;
        expect(exit.exitCode).to.equal(4);
      });

      it('is told with how long it has run already when it is told of', async () => {
        const before = performance.now();
        const shell = await sh('exit 0');
        const waited = performance.now() - before;
        expect(shell.process.ageMs).to.be.within(0, waited);
        expect((await sh('sleep 60')).process.ageMs).to.be.at.least(0);
      });

      it('leaves no zombie', async () => {
        const { process, exited } = await sh('exit 0');
        await exited;
        expect(() => readFileSync(`/proc/${process.pid}/stat`)).to.throw(/ENOENT|ESRCH/);
      });
    });

    describe('the process', () => {
      it('leads a group of its own, in another session than the app', async () => {
        const shell = await sh('cut -d " " -f 5,6 /proc/$$/stat');
        const [group, session] = (await finish(shell)).stdout.split(' ').map(Number);
        expect(group).to.equal(shell.process.pid);
        expect(session).to.not.equal(Number(readFileSync('/proc/self/stat', 'latin1').split(' ')[5]));
      });

      it('gets no file descriptor but its own three', async () => {
        await spawn({ program: 'cat', pipeInput: true });
        const file = openSync('/etc/passwd', 'r');
        try {
          const { stdout } = await run({ program: 'ls', args: ['/proc/self/fd'] });
          const descriptors = stdout.split('\n').filter(Boolean);
          // 3 is the directory that ls itself reads.
          expect(descriptors.filter((fd) => !INHERITED.has(fd))).to.deep.equal(['0', '1', '2', '3']);
        } finally {
          closeSync(file);
        }
      });

      it('ignores and blocks no signal, whatever this process does', async () => {
        expect(signalMask(readFileSync('/proc/self/status', 'utf8'), 'SigIgn')).to.not.equal(0n); // Node ignores SIGPIPE
        const { stdout } = await run({ program: 'cat', args: ['/proc/self/status'] });
        expect(signalMask(stdout, 'SigIgn')).to.equal(0n);
        expect(signalMask(stdout, 'SigBlk')).to.equal(0n);
      });

      it('has nothing to do with another of the same program', async () => {
        const processes = await Promise.all(
          Array.from({ length: 8 }, (_, index) => sh(`echo ${index}; exit ${index}`)),
        );
        const ends = await Promise.all(processes.map(finish));
        expect(ends.map(({ stdout }) => stdout)).to.deep.equal(processes.map((_, index) => `${index}\n`));
        expect(ends.map(({ exit }) => exit.exitCode)).to.deep.equal(processes.map((_, index) => index));
      });
    });

    describe('a refusal', () => {
      it('is the answer to a program that does not exist', async () => {
        for (const program of ['no-such-program-anywhere', '/no/such/program']) {
          const { message, transient } = await refusal({ program });
          expect(message)
            .to.contain(program)
            .and.match(/no such program/);
          expect(transient).to.equal(false);
        }
      });

      it('is the answer to a file that is not executable', async () => {
        writeFileSync(at('plain'), 'text');
        chmodSync(at('plain'), 0o644);
        const { message, transient } = await refusal({ program: at('plain') });
        expect(message).to.match(/permission/);
        expect(transient).to.equal(false);
      });

      it('is the answer to a directory in the place of a program', async () => {
        expect((await refusal({ program: at() })).message).to.match(/permission/);
      });

      it('is the answer to a script whose interpreter does not exist', async () => {
        writeFileSync(at('script'), '#!/no/such/interpreter\n', { mode: 0o755 });
        expect((await refusal({ program: at('script') })).message).to.contain('/no/such/interpreter');
      });

      it('is the answer to a working directory that does not exist, and says that it is the directory', async () => {
        const missing = at('missing');
        expect((await refusal({ program: 'true', cwd: missing })).message).to.contain(missing);
        writeFileSync(at('file'), '');
        const below = at('file', 'below');
        expect((await refusal({ program: 'true', cwd: below })).message).to.contain(below);
      });

      it('is the answer to arguments that are too long, and says what to do', async () => {
        const { message, transient } = await refusal({ program: 'true', args: ['x'.repeat(4_000_000)] });
        expect(message).to.match(/stdin/).and.match(/E2BIG/);
        expect(transient).to.equal(false);
      });

      it('takes no slot, and the next process starts', async () => {
        for (let i = 0; i < 20; i++) await refusal({ program: '/no/such/program' });
        expect(ledger.groups()).to.deep.equal([]);
        expect((await runSh('echo fine')).stdout).to.equal('fine\n');
      });

      it('leaves no descriptor of this process open', async () => {
        await refusal({ program: '/no/such/program' });
        const before = openDescriptors();
        for (let i = 0; i < 10; i++) await refusal({ program: '/no/such/program' });
        await eventually('no more are open than before', () => openDescriptors() <= before);
      });
    });

    describe('the ledger', () => {
      it('has the group of a process that left others in it, until it is released', async () => {
        const shell = await sh('sleep 60 > /dev/null 2>&1 & exit 0');
        const { pid } = shell.process;
        expect(ledger.groups()).to.deep.equal([pid]);
        const { exit } = await finish(shell);
        expect(exit.groupRemains).to.not.equal(false);
        expect(ledger.groups()).to.deep.equal([pid]);
        shell.process.release();
        expect(ledger.groups()).to.deep.equal([]);
      });

      it('has every group that runs', async () => {
        const sleepers = await Promise.all(Array.from({ length: 4 }, () => spawn({ program: 'sleep', args: ['60'] })));
        const pids = sleepers.map(({ process }) => process.pid);
        expect(ledger.groups().sort()).to.deep.equal([...pids].sort());
        sleepers[1]?.process.release();
        expect(ledger.groups().sort()).to.deep.equal(pids.filter((_, index) => index !== 1).sort());
      });

      it('lets nothing start while it is full, and says that this may pass', async () => {
        const sleep = () => spawn({ program: 'sleep', args: ['60'] });
        const sleepers = await Promise.all(Array.from({ length: SLOTS }, sleep));
        const { transient } = await refusal({ program: 'touch', args: [at('touched')] });
        expect(transient).to.equal(true);
        expect(() => readFileSync(at('touched'))).to.throw(/ENOENT/);
        sleepers[3]?.process.release();
        expect((await sleep()).process.pid).to.be.above(0);
      });

      it('lets nothing start once it is closed', async () => {
        ledger.close(1_000);
        const { message, transient } = await refusal({ program: 'touch', args: [at('touched')] });
        expect(message).to.match(/closing/);
        expect(transient).to.equal(false);
        expect(ledger.groups()).to.deep.equal([]);
        expect(() => readFileSync(at('touched'))).to.throw(/ENOENT/);
      });
    });
  });
}

function signalMask(status: string, field: string): bigint {
  const [, mask = ''] = new RegExp(`^${field}:\\s+([0-9a-f]+)$`, 'm').exec(status) ?? [];
  return BigInt(`0x${mask}`);
}

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

function isInheritable(fd: string): boolean {
  try {
    const [, flags = ''] = /^flags:\s+([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? [];
    return (Number.parseInt(flags, 8) & 0o2000000) === 0;
  } catch {
    return false; // the descriptor of the listing itself
  }
}
