/**
 * An engine whose subscriber is slow, or whose child writes a line without end, in a process of its own so that its memory can be told.
 * Prints what arrived and how much memory that took beyond what an engine takes that has run one small command.
 */
import { shell } from 'execrx';
import { withEngine } from '../rig.js';

const MEBIBYTE = 1_048_576;
const [command = '', blockEveryLines = '0', blockMs = '0'] = process.argv.slice(2);

/** What a subscriber does that takes its time: the main thread can do nothing else meanwhile. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const config = { maxOutputSizeBytes: MEBIBYTE, maxLogSizeBytes: MEBIBYTE, drainTimeoutMs: 200, killGraceMs: 200 };
await withEngine(config, async ({ engine }) => {
  await engine.run({ command: shell('seq 100000') });
  const before = process.memoryUsage.rss();
  let peak = before;
  let lines = 0;
  let pieces = 0;
  let characters = 0;
  let longest = 0;
  let blockedMs = 0;
  const run = engine.execute({ command: shell(command), timeoutMs: 60_000 });
  run.output$.subscribe(({ line, partial }) => {
    if (partial) pieces++;
    else lines++;
    characters += line.length;
    longest = Math.max(longest, line.length);
    if (Number(blockEveryLines) > 0 && lines % Number(blockEveryLines) === 0 && blockedMs < 3_000) {
      block(Number(blockMs));
      blockedMs += Number(blockMs);
      peak = Math.max(peak, process.memoryUsage.rss());
    }
  });
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 5);
  const { status, output } = await run.result;
  clearInterval(watch);
  const grownMiB = Math.round((peak - before) / MEBIBYTE);
  console.log(JSON.stringify({ status, output, lines, pieces, characters, longest, blockedMs, grownMiB }));
});
