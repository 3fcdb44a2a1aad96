import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../paths.js';

/** koffi, and the packages that hold its native parts. */
const KOFFI = ['koffi', '@koromix'];

/** Runs `body` with a copy of the package that finds everything it depends on but koffi. */
export async function withoutKoffi(body: (execrx: typeof import('execrx')) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'execrx-without-koffi-'));
  try {
    cpSync(join(projectRoot, 'dist'), join(directory, 'dist'), { recursive: true });
    cpSync(join(projectRoot, 'package.json'), join(directory, 'package.json'));
    const modules = join(projectRoot, 'node_modules');
    mkdirSync(join(directory, 'node_modules'));
    for (const name of readdirSync(modules)) {
      if (!KOFFI.includes(name)) symlinkSync(join(modules, name), join(directory, 'node_modules', name));
    }
    await body(await import(pathToFileURL(join(directory, 'dist', 'index.js')).href));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
