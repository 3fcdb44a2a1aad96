import { readSync } from 'node:fs';
import type { WholeOutput } from '../protocol/launcher-wire.js';
import { close, type PipeState, stateOfPipes } from './system-calls.js';

/** What a pipe holds, unless someone has made it larger. */
const READ_BYTES = 65_536;

const memory = Buffer.allocUnsafeSlow(READ_BYTES);

/** The read ends of a process's pipes. */
export interface OutputEnds {
  stdout: number;
  stderr: number;
}

/** Whether the process has written something that nobody has read. */
export function hasOutput({ stdout, stderr }: OutputEnds): boolean {
  return stateOfPipes(stdout, stderr).some(({ readable }) => readable);
}

/**
 * All that a process that has ended had to say, its pipes closed; `null` where something else may still write to them: then they stay open,
 * and whoever reads them must wait for their end.
 */
export function drain({ stdout, stderr }: OutputEnds): WholeOutput | null {
  const [out, err] = stateOfPipes(stdout, stderr);
  if (!out.abandoned || !err.abandoned) return null;
  return { stdout: readToEnd(stdout, out), stderr: readToEnd(stderr, err) };
}

/** A character a byte. */
function readToEnd(fd: number, { readable }: PipeState): string {
  let text = '';
  if (readable) {
    for (let size = readSync(fd, memory); size > 0; size = readSync(fd, memory))
      text += memory.toString('latin1', 0, size);
  }
  close(fd);
  return text;
}
