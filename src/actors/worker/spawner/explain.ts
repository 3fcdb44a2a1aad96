import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SpawnRefusal, SpawnSpec } from './spawner.js';

const TRANSIENT = new Set(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM']);

/** Turns an errno into what went wrong and what to do about it. Names the program, never its arguments or environment. */
export function explainSpawnError(error: unknown, spec: SpawnSpec): SpawnRefusal {
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
  return explainErrno(code ?? message ?? 'unknown error', spec);
}

export function explainErrno(code: string, spec: SpawnSpec): SpawnRefusal {
  return { message: `Cannot start ${spec.program}: ${reason(code, spec)}`, transient: TRANSIENT.has(code) };
}

function reason(code: string, spec: SpawnSpec): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      if (spec.cwd !== null && !isDirectory(spec.cwd))
        return `the working directory ${spec.cwd} does not exist (${code})`;
      return shebangProblem(spec) ?? `no such program; give a path, or a name that is on PATH (${code})`;
    case 'EACCES':
      return 'permission denied; the file needs execute permission, and the working directory must be accessible (EACCES)';
    case 'ENOEXEC':
      return 'not a program the system can run; a script needs a shebang line (ENOEXEC)';
    case 'E2BIG':
      return 'the arguments and environment together exceed what the system takes; pass the data on stdin (E2BIG)';
    case 'EAGAIN':
    case 'ENOMEM':
    case 'EMFILE':
    case 'ENFILE':
      return `the system is out of processes, memory or descriptors (${code}); run fewer commands at once, or raise its limits`;
    default:
      return `the system said ${code}`;
  }
}

/** The kernel says ENOENT about the program when it means the interpreter its first line names. */
function shebangProblem({ program, cwd }: SpawnSpec): string | null {
  if (program.endsWith('\r')) {
    return 'the shebang line of the script ends with a carriage return; save it with LF line endings (ENOENT)';
  }
  if (!program.includes('/')) return null;
  const firstLine = readFirstLine(resolve(cwd ?? '.', program));
  if (!firstLine?.startsWith('#!')) return null;
  if (firstLine.endsWith('\r')) {
    return 'its shebang line ends with a carriage return; save the script with LF line endings (ENOENT)';
  }
  const interpreter = firstLine.slice(2).trim().split(/\s+/)[0];
  return `its interpreter ${interpreter} does not exist (ENOENT)`;
}

function readFirstLine(path: string): string | null {
  try {
    const fd = openSync(path, 'r');
    try {
      const head = Buffer.alloc(256);
      const size = readSync(fd, head, 0, head.length, 0);
      return head.toString('latin1', 0, size).split('\n', 1)[0] ?? null;
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // also for a path that goes through a file, which `throwIfNoEntry: false` does not cover
  }
}
