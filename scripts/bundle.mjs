/**
 * Puts the compiled modules of build/lib into the few files of dist. Node takes up to a millisecond for each module it loads, and there are hundreds
 * of them, those of zod and tsyringe included: whoever runs one command would wait longer for the loading than for the command. Each thread and
 * each launcher pays as well.
 */
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const from = 'build/lib';
const to = 'dist';

/** Loaded from where they are: they have files of their own to find, or few will need them. */
const external = [/^node:/, /^#/, 'execa', 'yaml', 'commander', 'log-update', 'slice-ansi', 'string-width'];

/**
 * Also loaded from where they are, rxjs because the app must share it with us. Through `require`, which is twice as fast as `import` for packages
 * that are CommonJS; and of rxjs only the modules in use, because its index loads two hundred. What they export is the same as the index has. An
 * operator's module is loaded when it is first called.
 */
const required = {
  piscina: { Piscina: 'piscina', queueOptionsSymbol: 'piscina' },
  'reflect-metadata': { '': 'reflect-metadata/lite' }, // without what an old engine would lack
  rxjs: {
    Observable: './Observable.js',
    Subject: './Subject.js',
    ReplaySubject: './ReplaySubject.js',
    config: './config.js',
    firstValueFrom: './firstValueFrom.js',
    defer: './observable/defer.js',
    distinctUntilChanged: './operators/distinctUntilChanged.js',
    filter: './operators/filter.js',
    finalize: './operators/finalize.js',
    map: './operators/map.js',
    mergeMap: './operators/mergeMap.js',
    scan: './operators/scan.js',
  },
};

/** Where to load `required` modules from. To look each of rxjs's modules up in its `exports` takes longer than to load it. */
const bases = { rxjs: "createRequire(import.meta.url).resolve('rxjs/internal/Observable')" };

const requireInstead = {
  name: 'require-instead',
  resolveId: (id) => (id in required ? `\0${id}` : null),
  load(id) {
    const names = required[id.slice(1)];
    if (!id.startsWith('\0') || !names) return null;
    const lines = Object.entries(names).map(([name, path]) => {
      if (name === '') return `load('${path}');`;
      return /\/(operators|observable)\//.test(path)
        ? `export const ${name} = (...args) => load('${path}').${name}(...args);`
        : `export const { ${name} } = load('${path}');`;
    });
    return [
      "import { createRequire } from 'node:module';",
      `const load = createRequire(${bases[id.slice(1)] ?? 'import.meta.url'});`,
      ...lines,
    ].join('\n');
  },
};

/** Run now, and not each time an app starts; the part of zod that it needs is not in the package. */
const SCHEMA_MODULE = 'runtime/plan-file/json-schema.js';

/** What our modules use of zod, by name. */
const zodNames = new Set(
  readdirSync(from, { recursive: true })
    .filter((name) => name.endsWith('.js') && name !== SCHEMA_MODULE)
    .map((name) => readFileSync(join(from, name), 'utf8'))
    .filter((code) => code.includes("from 'zod/mini'"))
    .flatMap((code) => [...code.matchAll(/\bz\.(\w+)/g)].map(([, name]) => name)),
);

/** In a file of its own, which is loaded when something is first checked: the threads start meanwhile. */
const zodLater = {
  name: 'zod-later',
  resolveId: (id) => (id === 'zod/mini' ? '\0zod' : null),
  load(id) {
    if (id !== '\0zod') return null;
    return [
      "import { createRequire } from 'node:module';",
      'let loaded;',
      "const load = () => (loaded ??= createRequire(import.meta.url)('#zod'));",
      `export const z = { ${[...zodNames].map((name) => `get ${name}() { return load().${name}; }`).join(', ')} };`,
    ].join('\n');
  },
};

/** As much of zod as is used. */
const zodEntry = {
  name: 'zod-entry',
  resolveId: (id) => (id === 'zod-entry' ? '\0zod-entry' : null),
  load: (id) => (id === '\0zod-entry' ? `export { ${[...zodNames].join(', ')} } from 'zod/mini';` : null),
};

const { planJsonSchema } = await import(`../${from}/${SCHEMA_MODULE}`);

const readySchema = {
  name: 'ready-schema',
  load(id) {
    if (!id.endsWith(SCHEMA_MODULE)) return null;
    return `export const planJsonSchema = JSON.parse(${JSON.stringify(JSON.stringify(planJsonSchema))});`;
  },
};

/** The packages whose code is in what has been bundled. */
const bundledPackages = new Set();

async function bundle(entries, options = {}, plugins = []) {
  const input = Object.fromEntries(
    Object.entries(entries).map(([name, path]) => [name, path.endsWith('.js') ? join(from, path) : path]),
  );
  const build = await rolldown({ input, platform: 'node', external, plugins, onLog: refuse });
  const { output } = await build.write({
    dir: to,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    comments: { legal: false, annotation: false, jsdoc: false },
    ...options,
  });
  await build.close();
  for (const { moduleIds = [] } of output) {
    for (const id of moduleIds) {
      const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
      if (name) bundledPackages.add(name);
    }
  }
}

/** A name that a module does not export, a module that is not found: nothing that may pass. */
function refuse(level, log) {
  if (level === 'warn') throw new Error(log.message);
}

function writeLicenses() {
  const texts = [...bundledPackages].sort().map((name) => {
    const directory = join('node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'License.txt'].find((file) =>
      existsSync(join(directory, file)),
    );
    const text = file === undefined ? '' : readFileSync(join(directory, file), 'utf8');
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  const intro = 'This package contains code of the following packages.\n';
  writeFileSync(join(to, 'THIRD-PARTY-LICENSES.txt'), [intro, ...texts].join(`\n${'-'.repeat(80)}\n\n`));
}

await bundle({ index: 'index.js', 'plan-files': 'plan-files.js', 'cli/main': 'cli/main.js' }, {}, [
  requireInstead,
  readySchema,
  zodLater,
]);
chmodSync(join(to, 'cli/main.js'), 0o755);
/*
 * CommonJS, which starts faster. And Piscina tries `require` first: where that can load an ES module it does so synchronously, and to terminate
 * the thread in the middle of it is a fatal V8 error that takes the whole app down.
 */
const commonJs = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
  exports: 'named',
};
await bundle({ worker: 'actors/worker/entry.js', 'worker-preload': 'actors/worker/preload.js' }, commonJs);
await bundle({ launcher: 'actors/launcher/main.js' }, commonJs);
await bundle({ zod: 'zod-entry' }, commonJs, [zodEntry]);
writeLicenses();
writeFileSync(join(to, 'plan.schema.json'), `${JSON.stringify(planJsonSchema, null, 2)}\n`);
