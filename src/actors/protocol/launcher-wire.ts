/**
 * Everything that crosses the border between a worker thread and its launcher process: arrays of messages, one array a line of JSON. Neither
 * side believes the other: what does not look like a message is refused and logged. Times ending in `Ms` are those of `Clock.monotonicMs`, which is
the same for all processes.
 */
export type LauncherRequest =
  /** Comes first: what `inheritEnv` stands for. */
  | { type: 'environment'; variables: Record<string, string> }
  /** Start a process; `spawned` or `refused` answers with the same `id`. */
  | {
      type: 'spawn';
      id: number;
      program: string;
      args: readonly string[];
      env: Readonly<Record<string, string>>;
      inheritEnv: boolean;
      cwd: string | null;
      pipeInput: boolean;
    }
  /** Commands that differ in their arguments alone, as many of them at once as there are places. */
  | {
      type: 'series';
      id: number;
      program: string;
      env: Readonly<Record<string, string>>;
      inheritEnv: boolean;
      cwd: string | null;
      places: number;
    }
  /** More commands of a series; `took` answers. What becomes of each is told with `runs`, or as of a request of its own with `idInSeries`. */
  | { type: 'more'; series: number; args: readonly (readonly string[])[] }
  /** The worker is done with so many commands of a series that were answered with `spawned` or `refused`: their places are free. */
  | { type: 'resume'; series: number; places: number }
  /** Begin nothing more of a series, and forget it; `halted` answers, after all that have begun were told of. */
  | { type: 'halt'; series: number }
  /** The worker holds the pipes of these requests now; the launcher may close its ends. */
  | { type: 'opened'; ids: number[] }
  /** The pipe that the worker has as this descriptor is to hold more. */
  | { type: 'widen'; fd: number };

export type LauncherReply =
  /** System calls work; requests are welcome. */
  | { type: 'ready' }
  /** Nothing can be started here. */
  | { type: 'unable'; reason: string }
  /** A process runs. The worker finds its ends of the pipes as these descriptors of the launcher. */
  | {
      type: 'spawned';
      id: number;
      pid: number;
      stdin: number | null;
      stdout: number;
      stderr: number;
      startedMs: number;
    }
  /** A process ran, and this is all there is to tell of it. */
  | {
      type: 'ran';
      id: number;
      startedMs: number;
      endedMs: number;
      end: ProcessEnd;
      groupRemains: boolean;
      output: WholeOutput;
    }
  /** The system said no, with this errno name. */
  | { type: 'refused'; id: number; code: string }
  /** Answers `more`. */
  | { type: 'took'; series: number }
  /** Commands of a series ran, and this is all there is to tell of them. */
  | { type: 'runs'; series: number; runs: readonly SeriesRun[] }
  /** Answers `halt`: how many of its commands have been begun. */
  | { type: 'halted'; series: number; begun: number }
  /** A process has ended and is reaped. `groupRemains`: it left others in its process group. */
  | { type: 'exited'; end: ProcessEnd; groupRemains: boolean }
  /** Something worth telling whoever reads the logger. */
  | { type: 'notice'; message: string };

/** How a process ended. */
export interface ProcessEnd {
  pid: number;
  exitCode: number;
  /** Its number; 0: it exited. */
  signal: number;
  userMs: number;
  systemMs: number;
  maxRssBytes: number;
}

/** Everything a process has written, a character a byte. */
export interface WholeOutput {
  stdout: string;
  stderr: string;
}

/** A command of a series that ran: its index if it completed without a word, and more where there is more to tell. */
export type SeriesRun = number | { index: number; end: ProcessEnd; groupRemains: boolean; output: WholeOutput };

/** Its system calls are Linux's, as is the way in which the worker gets hold of its pipes. */
export const LAUNCHER_PLATFORM: NodeJS.Platform = 'linux';

/** What a pipe holds that has been widened; others hold 64 KiB. */
export const WIDE_PIPE_BYTES = 262_144;

export function isLauncherRequest(value: unknown): value is LauncherRequest {
  if (!isRecord(value)) return false;
  switch (value.type) {
    case 'environment':
      return isVariables(value.variables);
    case 'opened':
      return Array.isArray(value.ids) && value.ids.every(Number.isInteger);
    case 'widen':
      return Number.isInteger(value.fd);
    case 'spawn':
      return isTemplate(value) && isArguments(value.args) && typeof value.pipeInput === 'boolean';
    case 'series':
      return isTemplate(value) && isCount(value.places);
    case 'more':
      return Number.isInteger(value.series) && Array.isArray(value.args) && value.args.every(isArguments);
    case 'resume':
      return Number.isInteger(value.series) && isCount(value.places);
    case 'halt':
      return Number.isInteger(value.series);
    default:
      return false;
  }
}

export function isLauncherReply(value: unknown): value is LauncherReply {
  if (!isRecord(value)) return false;
  switch (value.type) {
    case 'ready':
      return true;
    case 'unable':
      return typeof value.reason === 'string';
    case 'notice':
      return typeof value.message === 'string';
    case 'took':
      return Number.isInteger(value.series);
    case 'halted':
      return Number.isInteger(value.series) && isAmount(value.begun);
    case 'runs':
      return Number.isInteger(value.series) && Array.isArray(value.runs) && value.runs.every(isSeriesRun);
    case 'refused':
      return Number.isInteger(value.id) && typeof value.code === 'string';
    case 'spawned':
      return (
        Number.isInteger(value.id) &&
        isPid(value.pid) &&
        (value.stdin === null || isDescriptor(value.stdin)) &&
        isDescriptor(value.stdout) &&
        isDescriptor(value.stderr) &&
        isAmount(value.startedMs)
      );
    case 'ran':
      return Number.isInteger(value.id) && isAmount(value.startedMs) && isAmount(value.endedMs) && isWholeRun(value);
    case 'exited':
      return isEnd(value.end) && typeof value.groupRemains === 'boolean';
    default:
      return false;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What C can take: a string without NUL bytes. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0');
}

/** What a command is but for its arguments. */
function isTemplate(value: Record<string, unknown>): boolean {
  return (
    Number.isInteger(value.id) &&
    isText(value.program) &&
    value.program !== '' &&
    isVariables(value.env) &&
    typeof value.inheritEnv === 'boolean' &&
    (value.cwd === null || isText(value.cwd))
  );
}

function isArguments(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 0;
}

function isVariables(value: unknown): boolean {
  return isRecord(value) && Object.entries(value).every(([name, text]) => isText(name) && isText(text));
}

/** Never 0, 1 or a negative number: those would address our own group, init, or everyone. */
function isPid(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 1;
}

function isDescriptor(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 2;
}

function isEnd(value: unknown): boolean {
  return (
    isRecord(value) &&
    isPid(value.pid) &&
    Number.isInteger(value.exitCode) &&
    Number.isInteger(value.signal) &&
    isAmount(value.userMs) &&
    isAmount(value.systemMs) &&
    isAmount(value.maxRssBytes)
  );
}

function isSeriesRun(value: unknown): boolean {
  if (typeof value === 'number') return isAmount(value);
  return isRecord(value) && isAmount(value.index) && isWholeRun(value);
}

/** The end of a process, with all it wrote. */
function isWholeRun({ end, groupRemains, output }: Record<string, unknown>): boolean {
  return (
    isEnd(end) &&
    typeof groupRemains === 'boolean' &&
    isRecord(output) &&
    typeof output.stdout === 'string' &&
    typeof output.stderr === 'string'
  );
}

function isAmount(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}
