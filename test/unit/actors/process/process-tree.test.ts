import { expect } from 'chai';
import {
  descendantsOf,
  groupExists,
  groupIsAlive,
  isAlive,
  killSession,
  killTrees,
  type ProcessIdentity,
  sendSignal,
  signalIfSame,
} from '#lib/actors/process/process-tree.js';
import { eventually } from '../../../support/eventually.js';
import { everyPid, isRunning, nameOf, rowOf, stateOf } from '../../../support/proc.js';
import { kill, pidsIn, useProcesses } from '../../../support/scripted-processes.js';

describe('process trees', () => {
  const start = useProcesses();

  it('show every descendant of a process, whatever group it is in, and not the process itself', async () => {
    const root = await start('setsid sh -c "echo \\$\\$; sleep 60 & wait" & sleep 60 & echo ready; wait', 1);
    const tree = await eventually('all three descendants are seen', () => {
      const found = descendantsOf(root.pid);
      return found.length === 3 && found;
    });
    const [ownSession = 0] = pidsIn(root.lines);
    expect(tree.map(({ pid }) => pid))
      .to.include(ownSession)
      .and.not.include(root.pid);
    const groups = tree.map(({ group }) => group).sort((a, b) => a - b);
    expect(groups).to.deep.equal([root.pid, ownSession, ownSession].sort((a, b) => a - b));
    for (const { startTime } of tree) expect(startTime).to.be.above(0);
  });

  it('are empty for a process without children, and for none', async () => {
    const leaf = await start('echo ready; exec sleep 60');
    expect(descendantsOf(leaf.pid)).to.deep.equal([]);
    expect(descendantsOf(await endedPid(start))).to.deep.equal([]);
  });

  it('are gone with their session, also what is forked while that is looked for', async () => {
    const forks = 'i=0; while [ $i -lt 400 ]; do sleep 600 & i=$((i+1)); [ $i -eq 20 ] && echo $$; done; wait';
    const root = await start(`setsid sh -c '${forks}' & echo ready; wait`, 1);
    const [session = 0] = pidsIn(root.lines);
    const members = () => membersOf(session);
    expect(members()).to.have.length.above(19);
    killSession(session);
    await eventually('nothing of it is left', () => members().length === 0);
  });

  it('count a zombie as dead, though its group still exists', async () => {
    // The shell turns into a program that does not reap; only then may its child end.
    const parent = await start('setsid sh -c "echo \\$\\$; exec sleep 60" & echo ready; exec sleep 60', 1);
    await eventually('the parent is no shell any more', () => nameOf(parent.pid) === 'sleep');
    const [zombie = 0] = pidsIn(parent.lines);
    kill(zombie);
    await eventually('it is a zombie', () => stateOf(zombie) === 'Z');
    expect(isAlive({ pid: zombie, startTime: 0, group: zombie })).to.equal(false);
    expect(groupExists(zombie)).to.equal(true);
    expect(groupIsAlive(zombie)).to.equal(false);
  });

  it('tell a living process and group from one that is gone', async () => {
    const alive = await start('echo ready; exec sleep 60');
    expect(isAlive({ pid: alive.pid, startTime: 0, group: alive.pid })).to.equal(true);
    expect(groupExists(alive.pid)).to.equal(true);
    expect(groupIsAlive(alive.pid)).to.equal(true);
    const gone = await endedPid(start);
    expect(isAlive({ pid: gone, startTime: 0, group: gone })).to.equal(false);
    expect(groupExists(gone)).to.equal(false);
    expect(groupIsAlive(gone)).to.equal(false);
  });

  it('keep a group alive as long as any member runs, its leader or not', async () => {
    const root = await start('sleep 60 & echo ready; exit 0');
    await root.ended;
    expect(groupIsAlive(root.pid)).to.equal(true);
  });

  it('never signal a process that only has the pid of the one that was seen', async () => {
    const parent = await start('sleep 60 & echo ready; wait');
    const [seen] = (await eventually('the child is seen', () => {
      const found = descendantsOf(parent.pid);
      return found.length === 1 && found;
    })) as [ProcessIdentity];
    const other = { ...seen, startTime: seen.startTime + 1 };
    expect(isAlive(other)).to.equal(false);
    expect(signalIfSame(other, 'SIGKILL')).to.equal(false);
    expect(isRunning(seen.pid)).to.equal(true);
    expect(signalIfSame(seen, 'SIGKILL')).to.equal(true);
    await eventually('the child is dead', () => !isRunning(seen.pid));
  });

  it('say whether there was someone to signal', async () => {
    const group = await start('sleep 60 & echo ready; wait');
    expect(sendSignal(group.pid, 0)).to.equal(true);
    expect(sendSignal(-group.pid, 'SIGKILL')).to.equal(true);
    await group.ended;
    expect(sendSignal(await endedPid(start), 'SIGKILL')).to.equal(false);
  });

  it('are killed whole, descendants that left the group included', async () => {
    const script = 'setsid sh -c "echo \\$\\$; sleep 60 & wait" & sleep 60 & echo ready; wait';
    const roots = [await start(script, 1), await start(script, 1)];
    const everyone = await eventually('both trees are complete', () => {
      const found = roots.flatMap(({ pid }) => [pid, ...descendantsOf(pid).map((one) => one.pid)]);
      return found.length === 8 && found;
    });
    killTrees(roots.map(({ pid }) => pid));
    await eventually('all eight are dead', () => !everyone.some(isRunning));
  });
});

async function endedPid(start: ReturnType<typeof useProcesses>): Promise<number> {
  const { pid, ended } = await start('echo ready');
  await ended;
  return pid;
}

function membersOf(session: number): number[] {
  return everyPid().filter((pid) => rowOf(pid)?.session === session && isRunning(pid));
}
