import type { Worker } from 'node:worker_threads';

/**
 * Which threads have become actors, and which starts wait for a thread. Piscina keeps a task waiting when the thread made for it ends
 * before it could take one, as it does when the worker file cannot be loaded; here that end is told to a start that waits.
 */
export class ThreadStarts {
  readonly #waiting = new Set<AbortController>();
  readonly #watched = new WeakSet<Worker>();
  readonly #taken = new Set<number>();
  readonly #chosen = new WeakMap<AbortController, number>();

  /** Waits for a thread until one is chosen; aborted when the thread that was to come does not. */
  add(start: AbortController): void {
    this.#waiting.add(start);
  }

  /** Nobody waits for it any more. */
  remove(start: AbortController): void {
    this.#waiting.delete(start);
  }

  /** A thread that is no actor yet, and from now on is this one's. */
  choose<T extends { id: number }>(start: AbortController, threads: readonly T[]): T | null {
    const free = threads.find(({ id }) => !this.#taken.has(id));
    if (!free) return null;
    this.#taken.add(free.id);
    this.#chosen.set(start, free.id);
    this.#waiting.delete(start);
    return free;
  }

  /** The id of the thread that this start got, if it got one. */
  threadOf(start: AbortController): number | undefined {
    return this.#chosen.get(start);
  }

  watch(threads: readonly Worker[]): void {
    for (const thread of threads) {
      if (this.#watched.has(thread)) continue;
      this.#watched.add(thread);
      this.#watchStart(thread, thread.threadId);
    }
  }

  #watchStart(thread: Worker, id: number): void {
    let reason: Error | null = null;
    thread.once('error', (error) => {
      reason = error instanceof Error ? error : new Error(String(error));
    });
    thread.once('exit', (code) => {
      if (!this.#taken.delete(id))
        this.#failOne(reason ?? new Error(`the thread exited with code ${code} while loading`));
    });
  }

  /** Threads are alike, and there is one on its way for each start that waits: any of them will do. */
  #failOne(reason: Error): void {
    for (const start of this.#waiting) {
      this.#waiting.delete(start);
      return start.abort(reason);
    }
  }
}
