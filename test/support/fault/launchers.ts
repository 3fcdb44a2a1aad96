import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { commandLineOf, everyPid, type ProcessRow, rowOf, statusOf } from '../proc.js';

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

function childrenOf(parent: number): ProcessRow[] {
  return everyPid()
    .flatMap((pid) => rowOf(pid) ?? [])
    .filter((row) => row.parent === parent);
}
