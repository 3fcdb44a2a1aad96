import type { TerminationCause, TerminationReport } from '../protocol/execution.js';
import type { AttemptOutcome, Job } from '../protocol/wire.js';
import type { IntakeResult } from './output/stream-intake.js';
import type { ProcessExit, SpawnRefusal } from './spawner/spawner.js';
import { verdictOf } from './verdict.js';

/** All there is to know about an attempt once it is over. */
export interface Ending {
  job: Job;
  cause: TerminationCause | null;
  spawnFailure: SpawnRefusal | null;
  exit: ProcessExit | null;
  report: TerminationReport | null;
  pid: number | null;
  streams: { stdout: IntakeResult; stderr: IntakeResult } | null;
  /** Both streams were read to their end. */
  complete: boolean;
  logFailure: string | null;
  startedAt: number | null;
  endedAt: number;
  durationMs: number;
}

const NOTHING: IntakeResult = {
  text: '',
  totalBytes: 0,
  truncated: false,
  droppedBytes: 0,
  spillPath: undefined,
  spillFailure: null,
};

export function outcomeOf(ending: Ending): AttemptOutcome {
  const { stdout, stderr } = ending.streams ?? { stdout: NOTHING, stderr: NOTHING };
  const { status, error } = verdictOf(ending, ending.job);
  const output: AttemptOutcome['output'] = {
    stdoutBytes: stdout.totalBytes,
    stderrBytes: stderr.totalBytes,
    truncated: stdout.truncated || stderr.truncated,
    droppedBytes: stdout.droppedBytes + stderr.droppedBytes,
    complete: ending.complete,
  };
  if (stdout.spillPath !== undefined) output.stdoutPath = stdout.spillPath;
  if (stderr.spillPath !== undefined) output.stderrPath = stderr.spillPath;
  return {
    status,
    error,
    exitCode: ending.exit?.exitCode ?? null,
    signal: ending.exit?.signal ?? null,
    stdout: stdout.text,
    stderr: stderr.text,
    output,
    pid: ending.pid,
    startedAt: ending.startedAt,
    endedAt: ending.endedAt,
    durationMs: ending.durationMs,
    termination: ending.report,
    resourceUsage: ending.exit?.resourceUsage ?? null,
    logFailure: ending.logFailure ?? stdout.spillFailure ?? stderr.spillFailure,
  };
}
