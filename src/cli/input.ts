import { isatty } from 'node:tty';

/** Whether standard input is something other than a person at a terminal. */
export function inputIsGiven(): boolean {
  return !isatty(0);
}

export interface Input {
  /** Read as they are asked for. */
  chunks: AsyncIterable<Buffer>;
  /** Whether a person types it. */
  typed: boolean;
  /** Ends the chunks early. */
  stop(): void;
}

/** Standard input. */
export function readInput(): Input {
  const { stdin } = process;
  return { chunks: untilClosed(stdin), typed: stdin.isTTY, stop: () => stdin.destroy() };
}

async function* untilClosed(stdin: NodeJS.ReadStream): AsyncGenerator<Buffer> {
  try {
    yield* stdin;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
