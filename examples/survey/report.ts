import type { EngineStats, ExecutionResult, Percentiles } from 'execrx';
import type { Outcome } from './outcome.js';
import type { FailureTally, KindTally } from './tallies.js';

export interface Survey {
  textLines: number;
  imports: number;
  kinds: KindTally[];
  slowest: Outcome[];
  failures: FailureTally[];
  capped: Outcome[];
  lines: number;
  peakLinesPerSec: number;
  elapsedMs: number;
  stats: EngineStats;
}

type Row = Array<string | number>;

export function report(survey: Survey): string {
  const { textLines, imports, kinds, slowest, failures, capped, lines, peakLinesPerSec, elapsedMs, stats } = survey;
  return [
    section('Found', [
      ['lines in the files', textLines],
      ['lines with an import', imports],
    ]),
    section(
      'By kind of command',
      kinds.map(({ kind, runs, meanMs }) => [kind, runs, milliseconds(meanMs)]),
      ['kind', 'runs', 'mean'],
    ),
    section(
      'Slowest',
      slowest.map(({ label, result }) => [milliseconds(result.durationMs), result.status, short(label)]),
    ),
    section(
      'Did not complete, by code',
      failures.map(({ code, count, example }) => [code, count, short(example)]),
      ['code', 'count', 'for example'],
    ),
    section(
      'Output cut at its cap',
      capped.map(({ label, result }) => [...bytesOf(result), result.status, short(label)]),
      ['kept', 'written', 'ended', 'command'],
    ),
    section('Statistics of the engine, the first look at the directory included', statisticsOf(stats)),
    section(
      'Time, of those that started',
      [
        ['running', ...percentilesOf(stats.durationMs)],
        ['waiting for a slot', ...percentilesOf(stats.queueMs)],
      ],
      ['', 'p50', 'p95', 'p99', 'max'],
    ),
    section('Throughput', [
      ['commands per second', Math.round((stats.total * 1_000) / elapsedMs)],
      ['lines per second, mean', Math.round((lines * 1_000) / elapsedMs)],
      ['lines per second, peak', Math.round(peakLinesPerSec)],
      ['seconds in all', (elapsedMs / 1_000).toFixed(1)],
    ]),
  ].join('\n');
}

function statisticsOf(stats: EngineStats): Row[] {
  const { total, completed, failed, cancelled, timeout, retries, outputBytes } = stats;
  return Object.entries({ total, completed, failed, cancelled, timeout, retries, outputBytes });
}

function percentilesOf({ p50, p95, p99, max }: Percentiles): string[] {
  return [p50, p95, p99, max].map(milliseconds);
}

/** Kept and written, of both streams. */
function bytesOf({ output: { stdoutBytes, stderrBytes, droppedBytes } }: ExecutionResult): [number, number] {
  const written = stdoutBytes + stderrBytes;
  return [written - droppedBytes, written];
}

function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

function short(label: string): string {
  return label.length <= 60 ? label : `${label.slice(0, 59)}…`;
}

/** Columns as wide as their widest cell; columns of numbers to the right. */
function section(title: string, rows: Row[], head: Row = []): string {
  const cells = (head.length > 0 ? [head, ...rows] : rows).map((row) => row.map(String));
  const columns = (cells[0] ?? []).map((_, index) => ({
    width: Math.max(...cells.map((row) => row[index]?.length ?? 0)),
    numeric: rows.every((row) => /^[\d.]+( ms)?$/.test(String(row[index]))),
  }));
  const lineOf = (row: string[]) =>
    columns.map(({ width, numeric }, index) => pad(row[index] ?? '', width, numeric)).join('  ');
  return [`\n${title}`, ...cells.map((row) => `  ${lineOf(row)}`.trimEnd())].join('\n');
}

function pad(cell: string, width: number, toTheRight: boolean): string {
  return toTheRight ? cell.padStart(width) : cell.padEnd(width);
}
