import { type BigIntStats, chmodSync, closeSync, fstatSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { BadInputError } from '../exit-code.js';
import { htmlReport } from '../report/html-report.js';
import { junitReport } from '../report/junit-report.js';
import type { RunReport } from '../report/run-report.js';

export interface ReportOptions {
  /** Path of the page. */
  report?: string;
  /** Path of the JUnit XML. */
  junit?: string;
}

interface OpenFile {
  option: string;
  path: string;
  fd: number;
  /** Whether it was not there before. */
  made: boolean;
}

/**
 * Before anything runs. `plan`: the path of the plan's file, `-` for standard input.
 * @throws {BadInputError} for a path that cannot be written to, and for two that lead to one file, whatever they are called
 */
export function checkReportFiles({ report, junit }: ReportOptions, plan: string): void {
  const files: OpenFile[] = [];
  try {
    if (report !== undefined) files.push(opened('--report', report));
    if (junit !== undefined) files.push(opened('--junit', junit));
    const [first, second] = files.map(({ fd }) => lookAt(fd));
    if (first && second && isSame(first, second)) throw new BadInputError('--report and --junit are the same file');
    const planned = plan === '-' ? lookAt(0) : statSync(plan, { bigint: true });
    for (const { option, path, fd } of files) {
      if (planned.isFile() && isSame(lookAt(fd), planned)) {
        throw new BadInputError(`${option} ${path}: expected a file to write to, got the plan`);
      }
    }
  } finally {
    for (const { fd, path, made } of files) {
      closeSync(fd);
      if (made) rmSync(path);
    }
  }
}

/** Readable for this user alone, for output may hold anything. Returns what could not be written, and why: one that fails keeps no other back. */
export function writeReportFiles({ report, junit }: ReportOptions, run: RunReport): string[] {
  const problems: string[] = [];
  const write = (option: string, path: string, text: string) => {
    try {
      writeFileSync(path, text, { mode: 0o600 });
      if (statSync(path).isFile()) chmodSync(path, 0o600);
    } catch (error) {
      problems.push(`${option} ${path}: it could not be written: ${(error as Error).message}`);
    }
  };
  if (report !== undefined) write('--report', report, htmlReport(run));
  if (junit !== undefined) write('--junit', junit, junitReport(run));
  return problems;
}

/** As it will be opened, for nothing else is sure; what there was stays. */
function opened(option: string, path: string): OpenFile {
  try {
    const made = statSync(path, { throwIfNoEntry: false }) === undefined;
    return { option, path, fd: openSync(path, made ? 'wx' : 'r+', 0o600), made };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problem = code === 'EISDIR' ? 'a file, got a directory' : `a file that can be written: ${message}`;
    throw new BadInputError(`${option} ${path}: expected ${problem}`);
  }
}

function lookAt(fd: number): BigIntStats {
  return fstatSync(fd, { bigint: true });
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}
