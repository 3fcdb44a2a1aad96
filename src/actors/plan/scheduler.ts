import type { TerminalStatus } from '../protocol/execution.js';
import { Board, type BoardSetup } from './board.js';
import { neighbours } from './graph.js';
import type { SchedulerCommand, SchedulerEvent, SkipCause, StopCause } from './scheduler-messages.js';

/** What follows when a command did not complete: the plan ends; what depends on it never runs; nothing, edges are only an order. */
export type OnFailure = 'stop' | 'skip_dependents' | 'go_on';

export interface SchedulerSetup extends BoardSetup {
  onFailure: OnFailure;
}

/**
 * Where a plan stands. A step uses it up: the one that comes back is good from then on, and one that is used up is refused. The board is
 * changed in place, for copies of it would make a plan cost the square of its size.
 */
export interface PlanState {
  readonly setup: SchedulerSetup;
  readonly board: Board;
  readonly step: number;
}

export interface Step {
  state: PlanState;
  commands: SchedulerCommand[];
}

export function initialState(setup: SchedulerSetup): PlanState {
  return { setup, board: new Board(setup), step: 0 };
}

/**
 * What is to be done about an event. The same for the three strategies: a serial plan is a chain with a limit of one, a parallel one a
 * graph without edges. An event that does not fit (the end of something that does not run) changes nothing.
 */
export function schedule(state: PlanState, event: SchedulerEvent): Step {
  const { board } = state;
  const next = nextOf(state);
  if (board.isOver) return { state: next, commands: [] };
  const commands: SchedulerCommand[] = [];
  switch (event.type) {
    case 'begin':
      board.begin();
      break;
    case 'ended':
      if (board.end(event.index, event.ok)) afterEnd(state, event.index, event.ok, commands);
      break;
    case 'stop':
      stop(board, event.cause, commands);
  }
  for (let index = board.start(); index !== undefined; index = board.start()) commands.push({ type: 'start', index });
  if (board.isOver) commands.push({ type: 'finish', status: statusOf(board) });
  return { state: next, commands };
}

function nextOf({ setup, board, step }: PlanState): PlanState {
  if (board.steps !== step) throw new Error('This state of the plan has been used up');
  board.steps++;
  return { setup, board, step: board.steps };
}

function afterEnd({ setup, board }: PlanState, index: number, ok: boolean, commands: SchedulerCommand[]): void {
  if (ok || setup.onFailure === 'go_on') board.release(index);
  else if (setup.onFailure === 'stop') stop(board, { type: 'failure', index }, commands);
  else skipDependents({ setup, board }, index, commands);
}

/** Everything that depends on it, directly or not. */
function skipDependents({ setup, board }: Omit<PlanState, 'step'>, failed: number, commands: SchedulerCommand[]): void {
  const because: SkipCause = { type: 'dependency', index: failed };
  const open = [failed];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const index of neighbours(setup.graph.dependents, node)) {
      if (!board.skip(index)) continue;
      commands.push({ type: 'skip', index, because });
      open.push(index);
    }
  }
}

function stop(board: Board, cause: StopCause, commands: SchedulerCommand[]): void {
  if (!board.stop(cause)) return;
  const because: SkipCause = { type: 'stopped', cause };
  for (let index = 0; index < board.size; index++) {
    if (board.isRunning(index)) commands.push({ type: 'cancel', index, cause });
    else if (board.skip(index)) commands.push({ type: 'skip', index, because });
  }
}

function statusOf({ completed, size, stopped }: Board): TerminalStatus {
  if (completed === size) return 'completed';
  switch (stopped?.type) {
    case 'cancelled':
    case 'engine_stopped':
      return 'cancelled';
    case 'timeout':
      return 'timeout';
    default:
      return 'failed';
  }
}
