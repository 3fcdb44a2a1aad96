import type { MessagePort } from 'node:worker_threads';
import type { WorkerEvent } from '../protocol/wire.js';

/** Past this much output a batch does not wait for the end of the turn. */
const FULL_BATCH_BYTES = 262_144;

/** Gathers events and posts them as one message: at the end of the event loop's turn, or when there is enough output. */
export class Outbox {
  #batch: WorkerEvent[] = [];
  #moved: ArrayBuffer[] = [];
  #bytes = 0;
  #scheduled = false;

  constructor(private readonly port: MessagePort) {}

  push(event: WorkerEvent): void {
    this.#batch.push(event);
    if (event.type === 'output' || event.type === 'chunk') this.#bytes += event.bytes;
    if (event.type === 'chunk') this.#moved.push(event.data.buffer);
    if (this.#bytes >= FULL_BATCH_BYTES) this.flush();
    else if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.flush();
      });
    }
  }

  flush(): void {
    if (this.#batch.length === 0) return;
    this.port.postMessage(this.#batch, this.#moved);
    this.#batch = [];
    this.#moved = [];
    this.#bytes = 0;
  }
}
