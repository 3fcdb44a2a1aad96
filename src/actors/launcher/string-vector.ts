import { ffi } from './koffi.js';

const POINTER_BYTES = 8;

/** Strings as execve(2) takes them: pointers to texts that end with a NUL, then a null pointer, all in one piece of memory. */
export class StringVector {
  /** Must be kept for as long as its address is in use, as must this object. */
  readonly memory: Buffer;

  constructor(readonly texts: readonly string[]) {
    const table = (texts.length + 1) * POINTER_BYTES;
    const sizes = texts.map((text) => Buffer.byteLength(text) + 1);
    // Not from Node's pool, and filled with zeros: those end the texts and the table.
    this.memory = Buffer.alloc(sizes.reduce((sum, size) => sum + size, table));
    const address = ffi.address(this.memory);
    let at = table;
    texts.forEach((text, index) => {
      this.memory.writeBigUInt64LE(address + BigInt(at), index * POINTER_BYTES);
      this.memory.write(text, at);
      at += sizes[index] as number;
    });
  }
}
