/**
 * Everything that crosses the border between the main thread and a worker thread.
 * All of it survives a structured clone. Inputs go down, events come up; `ref` names one attempt of one execution.
 *
 * There are two ports per worker. On one, the worker answers calls through comlink. On the other goes what is frequent, without an answer: inputs and credit
 * down; output and the end of an attempt up, together, because two ports have no order between them and no line may come after its execution's end.
 */
import type { MessagePort } from 'node:worker_threads';
import type {
  Failure,
  OutputSummary,
  OversizedOutputStrategy,
  ResourceUsage,
  SignalName,
  StreamName,
  TerminalStatus,
  TerminationReport,
} from './execution.js';

/** Bits of a listening mask: which streams someone on the main thread wants line by line, and whether both are wanted as bytes. */
export const LISTEN_STDOUT = 1;
export const LISTEN_STDERR = 2;
export const LISTEN_BOTH = 3;
export const LISTEN_CHUNKS = 4;

/** What a process gets that is not told otherwise. */
export interface Surroundings {
  environment: Readonly<Record<string, string>>;
  /** `null`: wherever the app is. */
  directory: string | null;
}

/** What a thread is given to know before it is given its task. */
export interface WorkerPreload {
  /** What to start a launcher with, where there is to be one. */
  launcher: Surroundings | null;
}

/** What a worker is told once, at birth. */
export interface WorkerSettings extends Surroundings {
  killGraceMs: number;
  drainTimeoutMs: number;
  maxLineBytes: number;
  maxLogSizeBytes: number;
  streamOutput: boolean;
  spawner: 'auto' | 'thread' | 'launcher';
}

/** What a worker answers once it is an actor. */
export interface WorkerBorn {
  threadId: number;
  spawner: 'thread' | 'launcher';
  /** Why it is not the launcher, where that was tried. */
  reason: string | null;
}

/** The one task a worker thread is given: become an actor that listens on these ports. */
export interface WorkerBirth {
  control: MessagePort;
  events: MessagePort;
  processSlots: SharedArrayBuffer;
  settings: WorkerSettings;
  listenAll: boolean;
}

/** One attempt, with everything resolved: nothing here needs the configuration or the file system to be understood. */
export interface Job {
  ref: number;
  program: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  inheritEnv: boolean;
  cwd: string | null;
  stdin: JobInput;
  timeoutMs: number;
  idleTimeoutMs: number | null;
  maxOutputSizeBytes: number;
  oversizedOutputStrategy: OversizedOutputStrategy;
  /** Where the log goes; `null`: no log. */
  logPath: string | null;
  /** Where oversized streams go under `stream_to_file`; `null` under another strategy. */
  spillPaths: { stdout: string; stderr: string } | null;
  /** A later attempt adds to the log of the earlier ones. */
  appendLog: boolean;
  listen: number;
  /** The command is run for each item that is written, and not once. */
  batch: BatchSettings | null;
}

export interface BatchSettings {
  /** How many may run at once. */
  places: number;
  /** Each argument in parts, between which the item goes. */
  arguments: readonly (readonly string[])[];
}

export type BatchJob = Job & { batch: BatchSettings };

/** How the command for one item ended. */
export interface ItemEnd {
  /** Counts from 0, in the order in which items were written. */
  index: number;
  item: string;
  error: Failure | null;
  /** All it wrote, a character a byte, if it ended at once; the files otherwise. */
  stdout: string;
  stderr: string;
  stdoutPath?: string | undefined;
  stderrPath?: string | undefined;
  /** Bytes it wrote that are nowhere. */
  droppedBytes: number;
}

export type JobInput = { type: 'none' } | { type: 'data'; data: string | Uint8Array } | { type: 'pipe' };

/** How some of the commands of a batch ended. */
export interface ItemsEnd {
  /** Those that completed without a word, by their index. */
  silent: readonly number[];
  ends: readonly ItemEnd[];
}

export type WorkerInput =
  /** Start this attempt. */
  | { type: 'start'; job: Job }
  /** Terminate this attempt's process tree. */
  | { type: 'terminate'; ref: number; cause: 'cancel' | 'stop' }
  /** Feed the process; `input_taken` answers with the same `sequence`. */
  | { type: 'write'; ref: number; sequence: number; data: string | Uint8Array }
  /** Close the process's standard input. */
  | { type: 'end_input'; ref: number }
  /** Someone started or stopped listening to this attempt's lines. */
  | { type: 'listen'; ref: number; mask: number }
  /** Someone started or stopped listening to every attempt's lines. */
  | { type: 'listen_all'; on: boolean };

/** Answer to a batch: the main thread has delivered this many bytes of this attempt's output. */
export interface OutputCredit {
  ref: number;
  bytes: number;
  /** What was lent for it. */
  memory?: ArrayBuffer;
}

/** All that gathered for a worker in one turn of the main loop. */
export interface WorkerMail {
  /** In order. */
  inputs: WorkerInput[];
  credits: OutputCredit[];
}

/** How an attempt ended. */
export interface AttemptOutcome {
  status: TerminalStatus;
  exitCode: number | null;
  signal: SignalName | null;
  stdout: string;
  stderr: string;
  output: OutputSummary;
  pid: number | null;
  startedAt: number | null;
  endedAt: number;
  durationMs: number;
  error: Failure | null;
  termination: TerminationReport | null;
  resourceUsage: ResourceUsage | null;
  /** Why the log is not whole; `null` when it is. */
  logFailure: string | null;
}

/** What happens to an attempt. */
export type AttemptEvent =
  /** The process runs. */
  | { type: 'started'; ref: number; pid: number; at: number }
  /** Whole lines of one stream joined with `\n`, or one piece of an overlong line when `partial`. `bytes` is what to credit. */
  | { type: 'output'; ref: number; stream: StreamName; text: string; partial: boolean; bytes: number; at: number }
  /** Bytes of one stream as they came. `bytes` is what to credit; `lent`: the memory goes back with it. */
  | {
      type: 'chunk';
      ref: number;
      stream: StreamName;
      data: Uint8Array<ArrayBuffer>;
      lent: boolean;
      bytes: number;
      at: number;
    }
  /** Items of a batch that have ended. `bytes` is what to credit. */
  | { type: 'items'; ref: number; silent: number[]; ends: ItemEnd[]; bytes: number }
  /** The stream exceeded its cap. */
  | { type: 'truncated'; ref: number; stream: StreamName; at: number }
  /** The process's standard input has room again after this write. */
  | { type: 'input_taken'; ref: number; sequence: number }
  /** Nothing follows for this `ref`. */
  | { type: 'ended'; ref: number; outcome: AttemptOutcome }
  /** A message named an attempt that is not here. */
  | { type: 'undeliverable'; ref: number; input: WorkerInput['type'] };

/** What concerns the worker as a whole. */
export type WorkerNews =
  /** The worker goes on with another spawner, or with the launcher again; `reason` says why it is not the launcher. */
  | { type: 'spawner_changed'; spawner: WorkerBorn['spawner']; reason: string | null }
  /** Something worth telling whoever reads the logger. */
  | { type: 'notice'; level: 'debug' | 'warn' | 'error'; message: string };

export type WorkerEvent = AttemptEvent | WorkerNews;

export function isNews(event: WorkerEvent): event is WorkerNews {
  return event.type === 'notice' || event.type === 'spawner_changed';
}

/** What comlink exposes in the worker. */
export interface WorkerControl {
  /** Terminates what runs and resolves when every child is reaped; the thread may end then. */
  stop(): Promise<void>;
}
