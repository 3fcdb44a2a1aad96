/** Times whole processes from outside. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { tell } from '../support/figures.js';

const [way = 'execrx'] = process.argv.slice(2);
const programs: Record<string, string> = {
  execrx: `import { createEngine, exec } from 'execrx';
    const engine = createEngine();
    if ((await engine.run({ command: exec('true') })).status !== 'completed') throw new Error('failed');
    await engine.stop();`,
  execa: `import { execa } from 'execa';
    await execa('true');`,
  child_process: `import { spawn } from 'node:child_process';
    import { once } from 'node:events';
    await once(spawn('true'), 'close');`,
};
const cwd = fileURLToPath(new URL('.', import.meta.url));

function once(): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', programs[way] ?? ''], {
    cwd,
    stdio: 'ignore',
  });
  if (status !== 0) throw new Error(`exit code ${status}`);
  return performance.now() - start;
}

once();
const times = Array.from({ length: 3 }, once).sort((a, b) => a - b);
tell({ wallMs: times[1] ?? Number.NaN });
