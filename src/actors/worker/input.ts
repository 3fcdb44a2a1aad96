import type { Writable } from 'node:stream';
import type { JobInput } from '../protocol/wire.js';

/** The standard input of a process. A process may close its end whenever it likes: that is not an error. */
export interface ProcessInput {
  /** `taken` is called when the pipe has the data, or never will. */
  write(data: string | Uint8Array, taken: () => void): void;
  end(): void;
  /** The process has ended: what it did not read is of no use to anyone. */
  discard(): void;
}

export function feedInput(stdin: Writable, input: JobInput): ProcessInput {
  stdin.on('error', () => {}); // EPIPE: the process stopped reading
  if (input.type === 'data') stdin.end(input.data);
  return {
    write: (data, taken) => {
      if (stdin.writable) stdin.write(data, taken);
      else taken();
    },
    end: () => stdin.end(),
    discard: () => stdin.destroy(),
  };
}
