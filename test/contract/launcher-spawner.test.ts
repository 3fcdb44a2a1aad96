import { expect } from 'chai';
import { createSlotMemory, ProcessSlotReader, ProcessSlotWriter } from '#lib/actors/process/process-slots.js';
import { chooseSpawner } from '#lib/actors/worker/spawner/choose-spawner.js';
import { LauncherSpawner } from '#lib/actors/worker/spawner/launcher-spawner.js';
import { ReadPipe } from '#lib/actors/worker/spawner/output-pipe.js';
import { finish, type Running, start } from '../support/spawning.js';
import { describeSpawner } from './spawner.contract.js';
import { SURROUNDINGS } from './spawner-under-test.js';

function create(slots: ProcessSlotWriter): Promise<LauncherSpawner> {
  return LauncherSpawner.create(slots, SURROUNDINGS, { onNotice() {} });
}

describeSpawner('LauncherSpawner', create);

describe('LauncherSpawner, of a process', () => {
  const memory = createSlotMemory(4);
  const ledger = new ProcessSlotReader(memory);
  let spawner: LauncherSpawner;

  before(async () => {
    spawner = await create(new ProcessSlotWriter(memory));
  });
  after(() => spawner.stop());

  it('has all the output, also where the process has made its pipe larger', async () => {
    const F_SETPIPE_SZ = 1031;
    const script = `fcntl(STDOUT, ${F_SETPIPE_SZ}, 262144) or die $!; syswrite(STDOUT, "x" x 200000)`;
    const running = await start(spawner, { program: 'perl', args: ['-e', script] });
    const { stdout, stderr } = await finish(running);
    running.process.release();
    expect([stdout.length, stderr]).to.deep.equal([200_000, '']);
  });

  it('has the user of the app, or is not started', async () => {
    const { geteuid } = process;
    process.geteuid = () => 12_345;
    try {
      const answer = await spawner.spawn({
        program: 'id',
        args: [],
        env: {},
        inheritEnv: true,
        cwd: null,
        pipeInput: false,
      });
      expect(answer).to.deep.include({ type: 'refused', transient: false, unasked: true });
      expect(answer)
        .to.have.property('message')
        .that.matches(/another user/);
    } finally {
      process.geteuid = geteuid;
    }
    const running = await start(spawner, { program: 'id', args: ['-u'] });
    expect((await finish(running)).stdout).to.equal(`${process.geteuid?.()}\n`);
    running.process.release();
  });

  it('is started by the thread after a change of user, where that is allowed', async () => {
    const changes: unknown[] = [];
    const listener = { onNotice() {}, onChange: (...change: unknown[]) => changes.push(change) };
    const slots = new ProcessSlotWriter(createSlotMemory(4));
    const chosen = await chooseSpawner(slots, { spawner: 'auto', ...SURROUNDINGS }, listener);
    const { geteuid } = process;
    process.geteuid = () => 12_345;
    try {
      const running = await start(chosen.spawner, { program: 'echo', args: ['fine'] });
      expect((await finish(running)).stdout).to.equal('fine\n');
      running.process.release();
      expect(changes).to.have.lengthOf(1);
      expect(changes[0]).to.deep.include('thread');
    } finally {
      process.geteuid = geteuid;
      await chosen.spawner.stop();
    }
  });

  it('is given a wider pipe when it says a lot', async () => {
    const F_GETPIPE_SZ = 1032;
    const wide = `for (1 .. 10_000) { print "x" x 65_536; last if fcntl(STDOUT, ${F_GETPIPE_SZ}, 0) == 262_144 }`;
    const script = `$| = 1; ${wide} print STDERR fcntl(STDOUT, ${F_GETPIPE_SZ}, 0)`;
    const running = await start(spawner, { program: 'perl', args: ['-e', script] });
    const { stderr } = await finish(running);
    running.process.release();
    expect(stderr).to.equal('262144');
  });

  it('has it in no book and opens no descriptor, for there is no one left', async () => {
    const { process, exited } = await startQuick();
    expect((await exited).groupRemains).to.equal(false);
    expect(ledger.groups()).to.deep.equal([]);
    process.release();
  });

  /** On a busy machine even `true` may take a while, and is told of before it ends. */
  async function startQuick(): Promise<Running> {
    for (let tries = 0; tries < 100; tries++) {
      const running = await start(spawner, { program: 'true' });
      if (running.process.stdout instanceof ReadPipe) return running;
      await finish(running);
      running.process.release();
    }
    throw new Error('not one of a hundred was told of only when it had ended');
  }
});
