/**
 * The process groups of one worker, in memory that the main thread shares.
 *
 * A message about a new process may still be in flight when the app exits or the thread dies; this table never is. The worker
 * writes a group down before anything else happens to it, so whoever survives can kill what the other started.
 *
 * Layout, in 32-bit words: closing flag, spawning flag, then one process-group id per slot (0: free).
 */
const CLOSING = 0;
const SPAWNING = 1;
const HEADER_WORDS = 2;

export function createSlotMemory(capacity: number): SharedArrayBuffer {
  return new SharedArrayBuffer((HEADER_WORDS + capacity) * Int32Array.BYTES_PER_ELEMENT);
}

/** The worker's side: the only writer of slots. */
export class ProcessSlotWriter {
  readonly #words: Int32Array;
  readonly #free: number[] = [];
  #next = HEADER_WORDS;

  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory);
  }

  /** Slots that are not taken. Few are left only when processes have outlived their executions. */
  get free(): number {
    return this.#free.length + this.#words.length - this.#next;
  }

  /** Whether the engine is ending and nothing may be spawned any more. */
  get closing(): boolean {
    return Atomics.load(this.#words, CLOSING) === 1;
  }

  /**
   * Runs `spawn` and writes down the group it returns, so that no moment exists at which the main thread could miss it.
   * Returns the slot, or `null` when nothing was spawned: because the engine is closing, or because `spawn` returned no pid.
   * Throws before it spawns when there is no slot left: a process that is not in the books could outlive the app.
   */
  recordSpawn(spawn: () => number | undefined): number | null {
    Atomics.store(this.#words, SPAWNING, 1);
    try {
      if (this.closing) return null;
      if (this.free === 0) throw new RangeError(`No process slot left of ${this.#words.length - HEADER_WORDS}`);
      const pid = spawn();
      return pid === undefined ? null : this.#record(pid);
    } finally {
      Atomics.store(this.#words, SPAWNING, 0);
      Atomics.notify(this.#words, SPAWNING);
    }
  }

  release(slot: number): void {
    Atomics.store(this.#words, slot, 0);
    this.#free.push(slot);
  }

  #record(pid: number): number {
    const slot = this.#free.pop() ?? this.#next++;
    Atomics.store(this.#words, slot, pid);
    return slot;
  }
}

/** The main thread's side. */
export class ProcessSlotReader {
  readonly #words: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory);
  }

  /** Forbids further spawns and waits for one that is under way, at most `timeoutMs`. Blocks the calling thread. */
  close(timeoutMs: number): void {
    Atomics.store(this.#words, CLOSING, 1);
    Atomics.wait(this.#words, SPAWNING, 1, timeoutMs);
  }

  groups(): number[] {
    return [...this.#words.subarray(HEADER_WORDS)].filter((pid) => pid !== 0);
  }
}
