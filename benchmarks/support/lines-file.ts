import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LINE = `${'x'.repeat(79)}\n`;
/** 20 MB: small enough to stay in the page cache. */
const LINES = 250_000;
/** Read before the clock starts. */
export const WARM_LINES = LINES;
const DIRECTORY = join(import.meta.dirname, '../..');

/** A child that writes `lines` lines of 80 bytes, line break included, at hardly any cost of its own. `lines` is a multiple of 250,000. */
export function writesLines(lines: number): [program: string, args: string[]] {
  const path = join(DIRECTORY, 'lines.txt');
  if (!existsSync(path)) {
    mkdirSync(DIRECTORY, { recursive: true });
    writeFileSync(path, LINE.repeat(LINES));
  }
  return ['cat', new Array<string>(lines / LINES).fill(path)];
}
