import { isatty } from 'node:tty';

/** Whether standard input is something other than a person at a terminal. */
export function inputIsGiven(): boolean {
  return !isatty(0);
}

/** The chunks of standard input, read as they are asked for. `stop` ends them early. */
export function readInput(): { chunks: AsyncIterable<Buffer>; stop: () => void } {
  const { stdin } = process;
  return { chunks: untilClosed(stdin), stop: () => stdin.destroy() };
}

async function* untilClosed(stdin: NodeJS.ReadStream): AsyncGenerator<Buffer> {
  try {
    yield* stdin;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
