/**
 * Puts the compiled modules into few files. Node takes about half a millisecond for every module it loads, and here are two hundred of them, the
 * dependencies' included: whoever runs one command would wait longer for the loading than for the command.
 */
import { rolldown } from 'rolldown';

const from = process.argv[2] ?? 'dist';
const to = process.argv[3] ?? 'dist-bundled';

/** RxJS's index loads all of its two hundred modules. These are ours, by their own paths; the instances are the same. */
const rxjs = {
  Observable: 'Observable',
  Subject: 'Subject',
  BehaviorSubject: 'BehaviorSubject',
  ReplaySubject: 'ReplaySubject',
  config: 'config',
  firstValueFrom: 'firstValueFrom',
  from: 'observable/from',
  defer: 'observable/defer',
  distinctUntilChanged: 'operators/distinctUntilChanged',
  filter: 'operators/filter',
  finalize: 'operators/finalize',
  map: 'operators/map',
  mergeMap: 'operators/mergeMap',
  scan: 'operators/scan',
};

const leanRxjs = {
  name: 'lean-rxjs',
  resolveId: (id) => (id === 'rxjs' ? '\0lean-rxjs' : null),
  load: (id) =>
    id === '\0lean-rxjs'
      ? Object.entries(rxjs)
          .map(([name, path]) => `export { ${name} } from 'rxjs/internal/${path}';`)
          .join('\n')
      : null,
};

/** Loaded from where they are: native, needed by few, or with files of their own to find. */
const external = [/^node:/, /^rxjs\/internal\//, 'piscina', 'koffi', 'execa', 'yaml', 'commander', 'log-update'];

async function bundle(input, options = {}) {
  const build = await rolldown({ input, platform: 'node', external, plugins: [leanRxjs] });
  await build.write({
    dir: to,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    ...options,
  });
  await build.close();
}

await bundle({ index: `${from}/index.js` });
await bundle({ 'worker/entry': `${from}/actors/worker/entry.js` });
await bundle({ launcher: `${from}/actors/launcher/main.js` });
