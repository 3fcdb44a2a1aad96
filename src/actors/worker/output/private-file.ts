import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeDirectory } from '../../process/make-directory.js';

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR, O_TRUNC, O_WRONLY } = constants;

/**
 * A file of this user's own (mode 0600), written to synchronously: what has been appended is in the file when the execution's end
 * is told, and a disk that cannot keep up slows the process down instead of filling memory. Never through a symbolic link.
 */
export class PrivateFile {
  readonly #fd: number;
  readonly sizeAtOpen: number;

  /** Makes the directory (mode 0700) again if someone removed it. Throws what the system says. */
  constructor(
    readonly path: string,
    options: { append: boolean },
  ) {
    const flags = O_CREAT | O_NOFOLLOW | (options.append ? O_RDWR | O_APPEND : O_WRONLY | O_TRUNC);
    this.#fd = openOrMakeDirectory(path, flags);
    this.sizeAtOpen = options.append ? fstatSync(this.#fd).size : 0;
  }

  /** `undefined` for an empty file. Only of a file that was opened to append to it. */
  lastByteAtOpen(): number | undefined {
    const byte = Buffer.alloc(1);
    return this.sizeAtOpen > 0 && readSync(this.#fd, byte, 0, 1, this.sizeAtOpen - 1) === 1 ? byte[0] : undefined;
  }

  append(bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(this.#fd, bytes, written, bytes.length - written);
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function openOrMakeDirectory(path: string, flags: number): number {
  try {
    return openSync(path, flags, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    makeDirectory(dirname(path));
    return openSync(path, flags, 0o600);
  }
}
