import type { TerminalStatus } from '../protocol/execution.js';

/** Why nothing of a plan starts any more. */
export type StopCause =
  | { type: 'failure'; index: number }
  | { type: 'cancelled'; reason: string }
  | { type: 'timeout'; timeoutMs: number }
  | { type: 'engine_stopped' };

/** Why a command never runs. */
export type SkipCause = { type: 'dependency'; index: number } | { type: 'stopped'; cause: StopCause };

/** What the scheduler is told. */
export type SchedulerEvent =
  /** The plan may start. Comes once, and first. */
  | { type: 'begin' }
  /** A command that was started has a result; `ok`: it completed. */
  | { type: 'ended'; index: number; ok: boolean }
  /** The plan is to end before its time. */
  | { type: 'stop'; cause: StopCause };

/** What the scheduler wants done. */
export type SchedulerCommand =
  /** Run it; its end is awaited. */
  | { type: 'start'; index: number }
  /** End it; its end is still awaited. */
  | { type: 'cancel'; index: number; cause: StopCause }
  /** Give it a result without running it; nothing more is awaited. */
  | { type: 'skip'; index: number; because: SkipCause }
  /** Every command has a result. Comes once, and last. */
  | { type: 'finish'; status: TerminalStatus };
