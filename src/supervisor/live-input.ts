import { type Deferred, deferred } from '../actors/kernel/deferred.js';
import type { WorkerInput } from '../actors/protocol/wire.js';

/** Input written to an execution with `stdin: { pipe: true }`: held until its process is assigned, then passed on in order. */
export class LiveInput {
  readonly #waiting = new Map<number, Deferred<void>>();
  #held: Array<(ref: number) => WorkerInput> = [];
  #sequence = 0;
  #send: ((input: (ref: number) => WorkerInput) => void) | null = null;
  #ended = false;

  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves when the process's pipe has taken the data, or never will. */
  write(data: string | Uint8Array): Promise<void> {
    const sequence = ++this.#sequence;
    const taken = deferred<void>();
    this.#waiting.set(sequence, taken);
    this.#pass((ref) => ({ type: 'write', ref, sequence, data }));
    return taken.promise;
  }

  end(): void {
    this.#ended = true;
    this.#pass((ref) => ({ type: 'end_input', ref }));
  }

  assign(send: (input: (ref: number) => WorkerInput) => void): void {
    this.#send = send;
    const held = this.#held;
    this.#held = [];
    held.forEach(this.#send);
  }

  taken(sequence: number): void {
    this.#waiting.get(sequence)?.resolve();
    this.#waiting.delete(sequence);
  }

  /** The execution is over: nobody waits any longer. */
  close(): void {
    this.#ended = true;
    this.#held = [];
    for (const taken of this.#waiting.values()) taken.resolve();
    this.#waiting.clear();
  }

  #pass(input: (ref: number) => WorkerInput): void {
    if (this.#send) this.#send(input);
    else this.#held.push(input);
  }
}
