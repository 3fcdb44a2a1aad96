import { resolve } from 'node:path';
import { type Command, type ExecutionEngine, exec } from 'execrx';

export interface Repository {
  directory: string;
  /** Newest first; none where there is no git, or no history. */
  commits: readonly string[];
  files: readonly string[];
}

const MAX_COMMITS = 50;
const MAX_FILES = 90;
const NOT_OURS = ['.git', 'node_modules', 'dist', 'build'].flatMap((name) => ['-name', name, '-prune', '-o']);

export async function readRepository(engine: ExecutionEngine, path: string): Promise<Repository> {
  const directory = resolve(path);
  const textOf = async (command: Command) => {
    const { status, stdout } = await engine.run({ command, workingDir: directory, timeoutMs: 10_000 });
    return status === 'completed' ? stdout : '';
  };
  const [log, tracked] = await Promise.all([
    textOf(exec('git', 'log', `--max-count=${MAX_COMMITS}`, '--format=%H')),
    textOf(exec('git', 'ls-files', '-z')),
  ]);
  const found = tracked || (await textOf(exec('find', '.', ...NOT_OURS, '-type', 'f', '-print0')));
  return {
    directory,
    commits: log.split('\n').filter(Boolean),
    files: found.split('\0').filter(Boolean).slice(0, MAX_FILES),
  };
}
