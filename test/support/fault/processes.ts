import { readdirSync, readFileSync } from 'node:fs';

/** The variable that every descendant of an engine under test inherits, whatever session or group it has moved to. */
export const MARK_VARIABLE = 'FAULT_TEST_MARK';

/** Living processes (zombies have no environment any more) that inherited this mark, the calling process excluded. */
export function processesMarked(mark: string): number[] {
  const needle = `${MARK_VARIABLE}=${mark}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => environmentOf(pid).includes(needle))
    .map(Number);
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return ''; // it ended meanwhile
  }
}

/** Whether the process is there and more than a zombie. */
export function isRunning(pid: number): boolean {
  return environmentOf(String(pid)) !== '';
}
