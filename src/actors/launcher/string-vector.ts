import { ffi } from './koffi.js';

const POINTER_BYTES = 8;
const HIGH = 2 ** 32;

/** Strings as execve(2) takes them: pointers to texts that end with a NUL, then a null pointer, all in one piece of memory. */
export class StringVector {
  #memory = Buffer.alloc(0);
  #address = 0;
  #texts: readonly string[] = [];

  constructor(texts: readonly string[]) {
    this.set(texts);
  }

  get texts(): readonly string[] {
    return this.#texts;
  }

  /** Must be kept for as long as its address is in use, as must this object. Is another one when larger texts are set. */
  get memory(): Buffer {
    return this.#memory;
  }

  set(texts: readonly string[]): void {
    this.#texts = texts;
    const table = (texts.length + 1) * POINTER_BYTES;
    let at = table;
    this.#reserve(texts.reduce((sum, text) => sum + 3 * text.length + 1, table));
    const memory = this.#memory;
    let entry = 0;
    for (const text of texts) {
      entry = this.#point(entry, this.#address + at);
      at += memory.write(text, at);
      memory[at++] = 0;
    }
    this.#point(entry, 0);
  }

  #point(entry: number, address: number): number {
    this.#memory.writeUInt32LE(address % HIGH, entry);
    return this.#memory.writeUInt32LE(Math.floor(address / HIGH), entry + 4);
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#memory.length) return;
    this.#memory = Buffer.allocUnsafeSlow(bytes); // not from Node's pool
    this.#address = Number(ffi.address(this.#memory)); // of 47 bits
  }
}
