const BLOCK_BYTES = 268_435_456;

/** Memory that an app has and uses: every page of it is written to. Held until the process ends. */
const ballast: Buffer[] = [];

export function carry(mebibytes: number): void {
  for (let left = mebibytes * 1_048_576; left > 0; left -= BLOCK_BYTES) {
    ballast.push(Buffer.alloc(Math.min(left, BLOCK_BYTES), 1));
  }
}
