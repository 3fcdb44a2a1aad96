import { x } from 'tinyexec';
import { repeat, tell, timed } from '../support/figures.js';

const [count = 1_000, atOnce = 8] = process.argv.slice(2).map(Number);
const job = () => x('/bin/true');

await repeat(count, atOnce, job);
const { seconds, delayP99Ms } = await timed(() => repeat(count, atOnce, job));
tell({ perSecond: count / seconds, delayP99Ms });
