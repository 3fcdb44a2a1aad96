import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../paths.js';

type Execrx = typeof import('execrx');

/** koffi, and the packages that hold its native parts. */
const KOFFI = ['koffi', '@koromix'];

/** Runs `body` with a copy of the package that finds everything it depends on but koffi. */
export async function withoutKoffi(body: (execrx: Execrx) => Promise<void>): Promise<void> {
  await withCopy(KOFFI, async (directory) => body(await importFrom(directory)));
}

/** Runs `body` with a copy of the package whose first `losses` launchers are killed before they say a word; `starts` counts all of them. */
export async function withFirstLaunchersLost(
  losses: number,
  body: (execrx: Execrx, starts: () => number) => Promise<void>,
): Promise<void> {
  await withCopy([], async (directory) => {
    const launcher = join(directory, 'dist', 'launcher.cjs');
    const startsFile = join(directory, 'starts');
    renameSync(launcher, join(directory, 'dist', 'true-launcher.cjs'));
    writeFileSync(startsFile, '');
    writeFileSync(
      launcher,
      `const { appendFileSync, readFileSync } = require('node:fs');
      appendFileSync(${JSON.stringify(startsFile)}, '.');
      if (readFileSync(${JSON.stringify(startsFile)}).length <= ${losses}) process.kill(process.pid, 'SIGKILL');
      require('./true-launcher.cjs');`,
    );
    await body(await importFrom(directory), () => readFileSync(startsFile).length);
  });
}

async function withCopy(missing: readonly string[], body: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'execrx-changed-'));
  try {
    cpSync(join(projectRoot, 'dist'), join(directory, 'dist'), { recursive: true });
    cpSync(join(projectRoot, 'package.json'), join(directory, 'package.json'));
    const modules = join(projectRoot, 'node_modules');
    mkdirSync(join(directory, 'node_modules'));
    for (const name of readdirSync(modules)) {
      if (!missing.includes(name)) symlinkSync(join(modules, name), join(directory, 'node_modules', name));
    }
    await body(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function importFrom(directory: string): Promise<Execrx> {
  return import(pathToFileURL(join(directory, 'dist', 'index.js')).href);
}
