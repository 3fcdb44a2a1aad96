import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import type { EngineConfig } from '../../index.js';
import type { ItemEnd } from '../../runtime/batch.js';
import { pauseThread } from './pause.js';
import type { Sink } from './sink.js';

const CHUNK_BYTES = 65_536;
const NEWLINE = 10;
const PATIENCE_MS = 10_000;
const PAUSE_MS = 5;

/** Has the engine keep all output in files, byte for byte, for text in a result is text. An execution that writes nothing has no file. */
export const WHOLE_OUTPUT = {
  maxOutputSizeBytes: 0,
  oversizedOutputStrategy: 'stream_to_file',
} as const satisfies Partial<EngineConfig>;

/** Where the output of an execution is, if it has written any. */
export type OutputFiles = Pick<ItemEnd, 'stdoutPath' | 'stderrPath'>;

/** Passes on all that an execution wrote, and removes its files. `endLines`: ends the last line where the process did not. */
export function passOutputOn(
  { stdoutPath, stderrPath }: OutputFiles,
  out: Sink,
  err: Sink,
  { endLines = false } = {},
): void {
  if (stdoutPath !== undefined) passFileOn(stdoutPath, out, endLines);
  if (stderrPath !== undefined) passFileOn(stderrPath, err, endLines);
}

/** Removes the files of an execution whose output nobody wants. */
export function dropOutput({ stdoutPath, stderrPath }: OutputFiles): void {
  for (const path of [stdoutPath, stderrPath]) if (path !== undefined) rmSync(path, { force: true });
}

function passFileOn(path: string, sink: Sink, endLine: boolean): void {
  const file = openPatiently(path);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let last: number | undefined;
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
      sink.writeBytes(chunk.subarray(0, size));
      last = chunk[size - 1];
    }
    if (endLine && last !== NEWLINE) sink.write('\n');
  } finally {
    closeSync(file);
    rmSync(path, { force: true });
  }
}

/** Out of descriptors, one comes free as commands end, which another thread sees to. */
function openPatiently(path: string): number {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return openSync(path, 'r');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'EMFILE' && code !== 'ENFILE') || performance.now() > giveUpAt) throw error;
      pauseThread(PAUSE_MS);
    }
  }
}
