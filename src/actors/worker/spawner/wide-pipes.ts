/** A process that has said so much is talkative. */
const TALKATIVE_BYTES = 1_048_576;
/**
 * So many pipes of a worker may be wide at once. What the pipes of a user may hold together is limited (pipe(7), pipe-user-pages-soft: 64 MiB), and
 * past that new ones hold next to nothing, those of other programs as well.
 */
const MOST_WIDE = 8;

/**
 * Has the pipes of talkative processes made wider: the more fits into one, the less often two processes have to wait for each other. A worker cannot
 * do it itself, for Node has no fcntl(2).
 */
export class WidePipes {
  #wide = 0;

  /** `widen`: has the pipe of this descriptor made wider, if the system allows it. */
  constructor(private readonly widen: (fd: number) => void) {}

  /** For one pipe. */
  watch(fd: number): PipeWatch {
    let bytes = 0;
    let wide = false;
    return {
      took: (size) => {
        bytes += size;
        if (wide || bytes < TALKATIVE_BYTES || this.#wide >= MOST_WIDE) return;
        wide = true;
        this.#wide++;
        this.widen(fd);
      },
      closed: () => {
        if (wide) this.#wide--;
        wide = false;
        bytes = Number.NEGATIVE_INFINITY;
      },
    };
  }
}

export interface PipeWatch {
  /** So many bytes were read from it. */
  took(bytes: number): void;
  closed(): void;
}
