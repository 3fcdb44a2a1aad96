import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { fixture, projectRoot } from '../support/paths.js';

interface Manifest {
  dependencies: Record<string, string>;
  exports: Record<string, unknown>;
  bin: { execrx: string };
}

const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Manifest;

/** Packs the project and unpacks it into an empty one, with its declared dependencies, and no other, beside it. */
function installInto(project: string): string[] {
  const modules = join(project, 'node_modules');
  // Without scripts: they would build the package again under the feet of the other tests.
  const arguments_ = ['pack', '--json', '--ignore-scripts', '--pack-destination', project];
  const [packed] = Object.values(
    JSON.parse(
      execFileSync('npm', arguments_, { cwd: projectRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    ),
  );
  const { filename, files } = packed as { filename: string; files: Array<{ path: string }> };
  mkdirSync(join(modules, 'execrx'), { recursive: true });
  execFileSync('tar', ['-xzf', join(project, filename), '-C', join(modules, 'execrx'), '--strip-components=1']);
  for (const name of [...Object.keys(manifest.dependencies), '@types/node', 'undici-types']) link(modules, name);
  return files.map(({ path }) => path);
}

/** The files of this project that a page links to; a directory as what the link names in it. */
function linksIn(page: string): string[] {
  const text = readFileSync(join(projectRoot, page), 'utf8');
  return [...text.matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map(([, path = '']) => path);
}

function link(modules: string, name: string): void {
  mkdirSync(dirname(join(modules, name)), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules', name), join(modules, name));
}

describe('the package, packed and installed into an empty project,', function () {
  this.timeout(60_000);
  let project: string;
  let files: string[];

  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  before(() => {
    project = mkdtempSync(join(tmpdir(), 'execrx-consumer-'));
    files = installInto(project);
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    cpSync(fixture('consumer'), project, { recursive: true });
  });

  after(() => rmSync(project, { recursive: true, force: true }));

  it('holds what it runs on, and neither sources nor tests', () => {
    expect(files).to.include.members([
      'package.json',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/plan.schema.json',
      'LICENSE',
      ...linksIn('README.md'),
    ]);
    expect(files.filter((path) => /^(src|test|build|benchmarks|scripts)\//.test(path))).to.deep.equal([]);
  });

  it('can be imported', () => {
    const text = `import { createEngine, exec } from 'execrx';
      const engine = createEngine({ logOutput: false });
      console.log((await engine.run({ command: exec('echo', 'imported') })).stdout.trim());
      await engine.stop();`;
    expect(run(process.execPath, '--input-type=module', '-e', text)).to.equal('imported\n');
  });

  it('can be required', () => {
    const text = `const { createEngine, exec } = require('execrx');
      const engine = createEngine({ logOutput: false });
      engine.run({ command: exec('echo', 'required') }).then(({ stdout }) => {
        console.log(stdout.trim());
        return engine.stop();
      });`;
    expect(run(process.execPath, '--input-type=commonjs', '-e', text)).to.equal('required\n');
  });

  it('reads plan files without its engine', () => {
    const text = `import { parsePlan } from 'execrx/plan-files';
      console.log(parsePlan('commands: [{ command: { type: exec, program: echo } }]').commands.length);`;
    expect(run(process.execPath, '--input-type=module', '-e', text)).to.equal('1\n');
  });

  it('is a command, too', () => {
    const command = join(project, 'node_modules', 'execrx', manifest.bin.execrx);
    expect(run(command, 'exec', '--', 'echo', 'from the command line')).to.equal('from the command line\n');
  });

  it('says where its manifest and the schema of plan files are, and keeps its insides to itself', () => {
    const resolved = (path: string) =>
      run(process.execPath, '-p', `try { require.resolve('${path}') } catch (error) { error.code }`).trim();
    expect(resolved('execrx/package.json').endsWith('/execrx/package.json')).to.equal(true);
    expect(resolved('execrx/plan.schema.json').endsWith('/execrx/dist/plan.schema.json')).to.equal(true);
    expect(resolved('execrx/dist/runtime/engine.js')).to.equal('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('type-checks under strict, libraries included, as a module and as CommonJS; and what is compiled runs', () => {
    const compiler = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
    let complaints = '';
    try {
      run(process.execPath, compiler, '-p', '.');
    } catch (error) {
      complaints = (error as { stdout: string }).stdout;
    }
    expect(complaints).to.equal('');
    expect(existsSync(join(project, 'out', 'module.mjs'))).to.equal(true);
    expect(JSON.parse(run(process.execPath, join('out', 'module.mjs')))).to.deep.equal({
      lines: ['typed'],
      status: 'completed',
      exitCode: 3,
      refused: 'ValidationError',
    });
    expect(JSON.parse(run(process.execPath, join('out', 'common.cjs')))).to.deep.equal({ stdout: 'common\n' });
  });
});
