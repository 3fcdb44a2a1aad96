import { chmodSync, closeSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

/** Before anything runs. @throws {BadInputError} for a path that cannot be written to */
export function checkReportFiles({ report, junit }: ReportOptions): void {
  if (report !== undefined) checkWritable('--report', report);
  if (junit !== undefined) checkWritable('--junit', junit);
  if (report !== undefined && report === junit) throw new BadInputError('--report and --junit are the same file');
}

/** Readable for this user alone, for output may hold anything. @throws what writing a file throws */
export function writeReportFiles({ report, junit }: ReportOptions, run: RunReport): void {
  if (report !== undefined) write(report, htmlReport(run));
  if (junit !== undefined) write(junit, junitReport(run));
}

function write(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  if (statSync(path).isFile()) chmodSync(path, 0o600);
}

/** By opening it as it will be opened, for nothing else is sure; what there was stays, and what there was not goes again. */
function checkWritable(option: string, path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new BadInputError(`${option} ${path}: expected a file, got a directory`);
  try {
    closeSync(openSync(path, found ? 'r+' : 'wx', 0o600));
    if (!found) rmSync(path);
  } catch (error) {
    throw new BadInputError(`${option} ${path}: expected a file that can be written: ${(error as Error).message}`);
  }
}
