/** Looking at and signalling process trees. Linux reads /proc; other systems ask `ps`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process, told from a later one of the same pid by its start time. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks since boot; 0 where the system does not tell. */
  startTime: number;
  /** Its process group when it was seen; 0 where the system does not tell. */
  group: number;
}

interface ProcessStat extends ProcessIdentity {
  state: string;
  ppid: number;
  session: number;
}

/** A process that the kernel holds in a system call cannot be killed, and is not waited for. */
const MOST_LOOKS = 20;

const hasProc = process.platform === 'linux';
/** Some kernels are built without it (CONFIG_PROC_CHILDREN); the process table is read instead. */
const hasChildrenFiles = hasProc && existsSync(`/proc/self/task/${process.pid}/children`);

/** Every living descendant of `root` that can be seen now, `root` itself excluded. */
export function descendantsOf(root: number): ProcessIdentity[] {
  const found: ProcessIdentity[] = [];
  const seen = new Set([root]);
  const queue = [root];
  const childrenOf = hasChildrenFiles ? procChildren : childrenFromTable(hasProc ? procTable() : psTable());
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    for (const child of childrenOf(pid)) {
      if (seen.has(child)) continue;
      seen.add(child);
      queue.push(child);
      const stat = hasProc ? readStat(child) : null;
      found.push({ pid: child, startTime: stat?.startTime ?? 0, group: stat?.group ?? 0 });
    }
  }
  return found;
}

/** Whether the process of this identity still runs; a zombie does not. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  if (!hasProc) return sendSignal(pid, 0);
  const stat = readStat(pid);
  return stat !== null && runs(stat) && (startTime === 0 || stat.startTime === startTime);
}

/** Whether the group has a member, zombies included. Cheap: one system call. */
export function groupExists(group: number): boolean {
  return sendSignal(-group, 0);
}

/** Whether the group has a member that is not a zombie. Reads the whole process table. */
export function groupIsAlive(group: number): boolean {
  if (!groupExists(group)) return false;
  if (!hasProc) return true;
  return allPids().some((pid) => {
    const stat = readStat(pid);
    return stat !== null && stat.group === group && runs(stat);
  });
}

/** `false` when there was no one to signal. A negative pid addresses a group. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0; // the error is an answer here, and its stack is most of its price
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to someone else (a set-uid program).
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Signals a process only if it still is the one that was seen. */
export function signalIfSame(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  return isAlive(identity) && sendSignal(identity.pid, signal);
}

/** Kills groups and all their visible descendants at once, without grace. Returns the descendants; they may have left the groups. */
export function killTrees(groups: readonly number[]): ProcessIdentity[] {
  const strays = groups.flatMap(descendantsOf);
  for (const group of groups) sendSignal(-group, 'SIGKILL');
  for (const stray of strays) signalIfSame(stray, 'SIGKILL');
  return strays;
}

/**
 * Kills every process of a session whose leader is gone. Linux only; reads the whole process table, until a look finds no one: who was forked
 * while we looked was not there to be seen, and whoever forked it is dead by then.
 */
export function killSession(session: number): void {
  if (!hasProc) return;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const members = allPids().filter((pid) => {
      const stat = readStat(pid);
      return stat?.session === session && runs(stat);
    });
    if (members.length === 0) return;
    for (const pid of members) sendSignal(pid, 'SIGKILL');
  }
}

function runs({ state }: ProcessStat): boolean {
  return state !== 'Z' && state !== 'X';
}

function allPids(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

function procChildren(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const text = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8');
      return text.split(' ').filter(Boolean).map(Number);
    });
  } catch {
    return []; // it ended meanwhile
  }
}

/** See proc(5): the name is in parentheses and may hold anything, so fields are counted from the last one. */
function readStat(pid: number): ProcessStat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return {
      pid,
      state: fields[0] ?? 'X',
      ppid: Number(fields[1]),
      group: Number(fields[2]),
      session: Number(fields[3]),
      startTime: Number(fields[19]),
    };
  } catch {
    return null;
  }
}

type ParentOf = { pid: number; ppid: number };

function procTable(): ParentOf[] {
  return allPids().flatMap((pid) => readStat(pid) ?? []);
}

function psTable(): ParentOf[] {
  try {
    const { execFileSync } = process.getBuiltinModule('node:child_process'); // the main thread needs it for nothing else
    const lines = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
    return lines.map((line) => {
      const [pid = 0, ppid = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, ppid };
    });
  } catch {
    return []; // without ps nothing beyond the group can be seen; the group is still killed
  }
}

function childrenFromTable(table: readonly ParentOf[]): (pid: number) => number[] {
  const children = new Map<number, number[]>();
  for (const { pid, ppid } of table) {
    const siblings = children.get(ppid);
    if (siblings) siblings.push(pid);
    else children.set(ppid, [pid]);
  }
  return (pid) => children.get(pid) ?? [];
}
