import { createEngine, exec, shell } from 'execrx';
import { tell, timed } from '../support/figures.js';

const LINES = 150;
const WARM_LINES = 2_000_000;
const engine = createEngine();
await engine.ready();
let flooded = 0;
const latenciesMs: number[] = [];
const floods = Array.from({ length: 4 }, () => engine.execute({ command: exec('yes', 'x'.repeat(79)) }));
for (const { stdout$ } of floods) stdout$.subscribe(() => flooded++);
while (flooded < WARM_LINES) await new Promise((resolve) => setTimeout(resolve, 10));
flooded = 0;
const { seconds, delayP99Ms } = await timed(async () => {
  // It says what time it is, so that the whole way of a line is measured.
  const quiet = engine.execute({
    command: shell(`for i in $(seq ${LINES}); do echo $EPOCHREALTIME; sleep 0.02; done`),
  });
  quiet.stdout$.subscribe((line) => latenciesMs.push(performance.timeOrigin + performance.now() - Number(line) * 1e3));
  await quiet.result;
  for (const flood of floods) flood.cancel();
});
await engine.stop();
if (latenciesMs.length !== LINES) throw new Error(`${LINES - latenciesMs.length} lines lost`);
latenciesMs.sort((a, b) => a - b);
const percentile = (percent: number) => latenciesMs[Math.ceil((percent / 100) * LINES) - 1] ?? Number.NaN;
tell({
  latencyP50Ms: percentile(50),
  latencyP99Ms: percentile(99),
  delayP99Ms,
  floodedMillionPerSecond: flooded / seconds / 1e6,
});
