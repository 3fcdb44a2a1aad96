/** What proc(5) tells of processes. Each function answers for one that is not there, or ends meanwhile, too. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessRow {
  pid: number;
  /** `Z`: it has ended and waits to be reaped. */
  state: string;
  parent: number;
  group: number;
  session: number;
}

export function everyPid(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The name is in parentheses and may hold anything, so fields are counted from the last one. */
export function rowOf(pid: number): ProcessRow | null {
  const stat = read(pid, 'stat');
  if (stat === '') return null;
  const [state = 'X', parent, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid, state, parent: Number(parent), group: Number(group), session: Number(session) };
}

export function stateOf(pid: number): string | null {
  return rowOf(pid)?.state ?? null;
}

/** Whether a process runs; one that has ended and waits to be reaped does not. */
export function isRunning(pid: number): boolean {
  const state = stateOf(pid);
  return state !== null && state !== 'Z' && state !== 'X';
}

/** The name of the program it runs. */
export const nameOf = (pid: number): string => read(pid, 'comm').trim();
export const commandLineOf = (pid: number): string => read(pid, 'cmdline').replaceAll('\0', ' ');
export const statusOf = (pid: number): string => read(pid, 'status');
/** Empty for a zombie. */
export const environmentOf = (pid: number): string => read(pid, 'environ');

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
