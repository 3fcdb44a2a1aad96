const nobody = new Int32Array(new SharedArrayBuffer(4));

/** Holds up the whole thread, for what may come only from outside: a reader, or another thread. */
export function pauseThread(milliseconds: number): void {
  Atomics.wait(nobody, 0, 0, milliseconds);
}
