import { execFileSync } from 'node:child_process';
import { tell } from '../support/figures.js';

const [count = 300, atOnce = 8] = process.argv.slice(2).map(Number);
const start = performance.now();
execFileSync('sh', ['-c', `seq ${count} | parallel --will-cite -j ${atOnce} /bin/true`]);
tell({ perSecond: count / ((performance.now() - start) / 1_000) });
