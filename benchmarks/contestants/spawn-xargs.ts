import { execFileSync } from 'node:child_process';
import { tell } from '../support/figures.js';

const [count = 1_000, atOnce = 8] = process.argv.slice(2).map(Number);
const script = `seq ${count} | xargs -P ${atOnce} -n 1 /bin/true`;
const start = performance.now();
execFileSync('sh', ['-c', script]);
tell({ perSecond: count / ((performance.now() - start) / 1_000) });
