import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { isInForeground } from './foreground.js';

/** Whether standard input is ours to read: anything but a terminal that someone else has. */
export function inputIsOurs(): boolean {
  return !isatty(0) || isInForeground();
}

export interface Input {
  /** Read as they are asked for. */
  chunks: AsyncIterable<Buffer>;
  /** Whether a person types it. */
  typed: boolean;
  /** How large the file is that it comes from; `null` where it comes from anything else. */
  fileBytes: number | null;
  /** Ends the chunks early. */
  stop(): void;
}

/** Standard input. */
export function readInput(): Input {
  const { stdin } = process;
  const found = fstatSync(0);
  return {
    chunks: untilClosed(stdin),
    typed: stdin.isTTY,
    fileBytes: found.isFile() ? found.size : null,
    stop: () => stdin.destroy(),
  };
}

async function* untilClosed(stdin: NodeJS.ReadStream): AsyncGenerator<Buffer> {
  try {
    yield* stdin;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
