import type { Writable } from 'node:stream';
import type { ResourceUsage, SignalName } from '../../protocol/execution.js';
import type { OutputPipe } from './output-pipe.js';

/** What to start. Everything is resolved: no defaults, no look-ups beyond PATH. */
export interface SpawnSpec {
  program: string;
  args: readonly string[];
  /** Variables on top of the engine's environment, or all there are. */
  env: Readonly<Record<string, string>>;
  inheritEnv: boolean;
  /** `null`: that of the surroundings. */
  cwd: string | null;
  /** `false`: standard input is at its end from the start. */
  pipeInput: boolean;
}

/** Exactly one of `exitCode`, `signal` and `lost` is not null. */
export interface ProcessExit {
  exitCode: number | null;
  signal: SignalName | null;
  resourceUsage: ResourceUsage | null;
  /** Whether it left others in its process group; `null`: nobody has looked. */
  groupRemains: boolean | null;
  /** Why nobody will ever know how it ended. It has been killed. */
  lost: string | null;
}

/** A process that runs as the leader of its own group (`pid` is also the group's id). */
export interface SpawnedProcess {
  readonly pid: number;
  /** When it was started, by `Clock.monotonicMs`. */
  readonly startedMs: number;
  /** When it had ended, by the same clock, if that was so before it was told of: then all its output is there as well. */
  readonly endedMs: number | null;
  /** `null` unless `pipeInput`. */
  readonly stdin: Writable | null;
  /** The caller must read both to their end or destroy them. */
  readonly stdout: OutputPipe;
  readonly stderr: OutputPipe;
  /** Called once, when the process has ended and is reaped; at once if that has happened already. */
  onExit(listener: (exit: ProcessExit) => void): void;
  /** The process is in the books until this is called: not before its group is gone. */
  release(): void;
}

export interface SpawnRefusal {
  message: string;
  /** The system was short of something for the moment (processes, descriptors, memory). */
  transient: boolean;
  /** Whoever was to start it went away; whether it ran for a moment is not known. */
  lost?: true;
  /** There was no one to ask: it has certainly not run. */
  unasked?: true;
}

/** Every slot of the ledger is taken, and nothing may start that is not in it. */
export const NO_SLOT: SpawnRefusal = {
  message: 'too many processes that could not be ended still run',
  transient: true,
};

export type SpawnAnswer = { type: 'spawned'; process: SpawnedProcess } | ({ type: 'refused' } & SpawnRefusal);

/** Commands that differ in their arguments alone. */
export type SeriesSpec = Omit<SpawnSpec, 'args' | 'pipeInput'>;

/** How a process ended of which nobody was told before. */
export interface Run {
  exit: ProcessExit;
  /** All it wrote, a character a byte. */
  stdout: string;
  stderr: string;
}

/** What becomes of the commands of a series. They are counted from 0, in the order in which they were given. */
export interface SeriesListener {
  /** `null`: it completed without a word. Its place is free. */
  onRan(index: number, run: Run | null): void;
  /** It runs still, or could not be started. Its place is taken until `resume`. */
  onAnswer(index: number, answer: SpawnAnswer): void;
  /** Answers `halt`: how many have been begun. The others never will be. */
  onHalted(begun: number): void;
  /** Nothing more will be told, also of what has run. Whatever runs has been killed. */
  onLost(message: string): void;
}

/** Starts commands as places become free, without being asked for each. */
export interface Series {
  add(args: readonly (readonly string[])[]): void;
  resume(): void;
  /** Begins nothing more, and ends with `onHalted`. */
  halt(): void;
}

/** Starts processes. Failing to start one is an answer, never a throw. */
export interface Spawner {
  spawn(spec: SpawnSpec): Promise<SpawnAnswer>;
  /** `null`: not now, or not here; `spawn` them one by one. `places`: how many may run at once. */
  series?(spec: SeriesSpec, places: number, listener: SeriesListener): Promise<Series | null>;
  /** Lets go of whatever the spawner itself holds. Nothing it started runs any more. */
  stop(): Promise<void>;
}
