/**
 * Started with a small limit on descriptors (`prlimit --nofile`): takes all of them but `leave`, submits work that needs more, and
 * gives them back after a while if told so. Prints what became of the work.
 */
import { closeSync, openSync } from 'node:fs';
import { exec } from 'execrx';
import { withEngine } from '../rig.js';

const [count = '1', leave = '0', giveBackAfterMs = ''] = process.argv.slice(2);

function takeAll(): number[] {
  const taken: number[] = [];
  try {
    for (;;) taken.push(openSync('/dev/null', 'r'));
  } catch {
    return taken;
  }
}

await withEngine({ workerThreads: 2, maxConcurrentExecutions: 32 }, async ({ engine }) => {
  await engine.ready();
  await engine.run({ command: exec('true') });
  const taken = takeAll();
  for (const fd of taken.splice(0, Number(leave))) closeSync(fd);
  const giveBack = () => {
    for (const fd of taken.splice(0)) closeSync(fd);
  };
  const runs = Array.from({ length: Number(count) }, () =>
    engine.run({ command: exec('sh', '-c', 'echo done; sleep 0.1') }),
  );
  if (giveBackAfterMs !== '') setTimeout(giveBack, Number(giveBackAfterMs));
  const results = await Promise.all(runs);
  giveBack();
  const outcomes = results.map(({ status, stdout, error }) => ({ status, stdout, error }));
  console.log(JSON.stringify(outcomes));
});
