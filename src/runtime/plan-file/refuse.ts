import { PlanFileError, type PlanFileProblem } from '../../actors/protocol/errors.js';
import { pathText } from '../problems.js';
import { excerpt } from './excerpt.js';
import { MAX_KEPT_PROBLEMS, MAX_SHOWN_PROBLEMS } from './limits.js';
import { lineStartsOf, positionOf } from './lines.js';
import { printable } from './printable.js';
import type { SourceText } from './source-text.js';

/** Of a message or a path, in UTF-16 units. The list of a command's fields fits. */
const LONGEST = 500;

export type Path = readonly PropertyKey[];

/** Something that is wrong at a place of the text. */
export interface Fault {
  offset: number;
  path: Path;
  message: string;
}

/** @throws {PlanFileError} if anything is wrong */
export function refuse(source: SourceText, faults: readonly Fault[]): void {
  if (faults.length > 0) throw refusal(source, faults);
}

export function refusal({ file, text }: SourceText, faults: readonly Fault[]): PlanFileError {
  const distinct = distinctFaults(faults);
  const starts = lineStartsOf(text);
  const kept = distinct.slice(0, MAX_KEPT_PROBLEMS);
  const problems = kept.map((fault) => problemOf(file, fault, starts));
  const shown = problems.slice(0, MAX_SHOWN_PROBLEMS).map((problem, index) => {
    const { offset = 0, path = [] } = kept[index] ?? {};
    // Environments hold secrets: of their lines none is shown.
    return path.includes('env') ? headOf(problem) : `${headOf(problem)}\n${excerpt(text, starts, offset)}`;
  });
  const more = distinct.length - shown.length;
  if (more > 0) shown.push(`… and ${more} more ${more === 1 ? 'problem' : 'problems'}`);
  return new PlanFileError(shown.join('\n'), problems);
}

/** For what is wrong with a file and not at a place in it. */
export function refusalOfWhole(file: string, message: string, options?: { cause?: unknown }): PlanFileError {
  const problem = { file, line: 0, column: 0, path: '', message: presentable(message) };
  return new PlanFileError(headOf(problem), [problem], options);
}

/** In the order of the text. What an alias repeats is wrong once. */
function distinctFaults(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>();
  const distinct = faults.filter(({ offset, message }) => {
    const place = `${offset} ${message}`;
    return !seen.has(place) && seen.add(place);
  });
  return distinct.sort((a, b) => a.offset - b.offset);
}

function problemOf(file: string, { offset, path, message }: Fault, starts: readonly number[]): PlanFileProblem {
  const { line, column } = positionOf(starts, offset);
  return { file, line, column, path: presentable(pathText(path)), message: presentable(message) };
}

function headOf({ file, line, column, path, message }: PlanFileProblem): string {
  const place = line === 0 ? printable(file) : `${printable(file)}:${line}:${column}`;
  return `${place}: ${message}${path === '' ? '' : ` (${path})`}`;
}

/** Keys and names may be of any length and hold anything. */
function presentable(text: string): string {
  return printable(text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`);
}
