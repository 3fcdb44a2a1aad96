import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tell } from '../support/figures.js';

const [count = 1_000, atOnce = 8] = process.argv.slice(2);
const root = join(import.meta.dirname, '../../..');
const program = join(root, 'build', 'spawn-loop');
if (!existsSync(program)) execFileSync('cc', ['-O2', '-o', program, join(root, 'benchmarks/support/spawn-loop.c')]);
tell({ perSecond: Number(execFileSync(program, [String(count), String(atOnce)], { encoding: 'utf8' })) });
