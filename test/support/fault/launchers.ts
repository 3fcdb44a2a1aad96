import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';

interface ProcessRow {
  pid: number;
  parent: number;
  state: string;
}

/** Launchers that this process, or another app, has started and that are not reaped yet. */
export function launchersOf(app: number = process.pid): number[] {
  return childrenOf(app)
    .filter(({ pid }) => commandLineOf(pid).includes('dist/launcher.cjs'))
    .map(({ pid }) => pid);
}

/** Whether a launcher is ready: the last thing it does before it says so is to listen for SIGCHLD. */
export function isReady(launcher: number): boolean {
  const [, mask = '0'] = /^SigCgt:\s+([0-9a-f]+)$/m.exec(statusOf(launcher)) ?? [];
  return ((BigInt(`0x${mask}`) >> BigInt(constants.signals.SIGCHLD - 1)) & 1n) === 1n;
}

/** Children of a process that have ended and wait to be reaped. */
export function zombiesOf(parent: number = process.pid): number[] {
  return childrenOf(parent)
    .filter(({ state }) => state === 'Z')
    .map(({ pid }) => pid);
}

export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

export function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(statusOf(pid)) ?? [];
  return Number(kilobytes) / 1024;
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    return ''; // it is gone
  }
}

function childrenOf(parent: number): ProcessRow[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => rowOf(Number(name)) ?? [])
    .filter((row) => row.parent === parent);
}

/** See proc(5): the name is in parentheses and may hold anything, so fields are counted from the last one. */
function rowOf(pid: number): ProcessRow | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state = 'X', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(parent), state };
  } catch {
    return null; // it ended meanwhile
  }
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
