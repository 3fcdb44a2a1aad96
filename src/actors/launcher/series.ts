import type { LauncherReply, LauncherRequest, SeriesRun } from '../protocol/launcher-wire.js';
import { idInSeries } from '../protocol/series-ids.js';

type SpawnRequest = Extract<LauncherRequest, { type: 'spawn' }>;
type SeriesRequest = Extract<LauncherRequest, { type: 'series' }>;

/** So many runs are told of together. */
const MOST_UNTOLD = 96;
/** The same for what they wrote: a message of sixteen such must stay below the longest line, with every byte escaped. */
const MOST_UNTOLD_BYTES = 65_536;

/**
 * Commands that differ in their arguments alone. They wait here, so that the next one starts the moment a place is free, and not when the worker
 * has heard of it. A place is free again when a command has run and there is nothing left to do for it, or when the worker says so.
 */
export class Series {
  readonly #waiting: (readonly (readonly string[])[])[] = [];
  #at = 0;
  #begun = 0;
  #taken = 0;
  #runs: SeriesRun[] = [];
  #runsBytes = 0;

  constructor(private readonly template: SeriesRequest) {}

  get id(): number {
    return this.template.id;
  }

  add(args: readonly (readonly string[])[]): void {
    if (args.length > 0) this.#waiting.push(args);
  }

  /** No command waits. */
  get exhausted(): boolean {
    return this.#waiting.length === 0;
  }

  /** The next command, which takes a place; `null` where none waits, or there is no place for it. */
  next(): SpawnRequest | null {
    const [block] = this.#waiting;
    if (!block || this.#taken >= this.template.places) return null;
    this.#taken++;
    const { program, env, inheritEnv, cwd } = this.template;
    const args = block[this.#at++] as readonly string[];
    if (this.#at === block.length) {
      this.#waiting.shift();
      this.#at = 0;
    }
    const id = idInSeries(this.id, this.#begun++);
    return { type: 'spawn', id, program, args, env, inheritEnv, cwd, pipeInput: false };
  }

  leave(places: number): void {
    this.#taken -= places;
  }

  /** One has run, and its place is free. Returns whether the worker should hear of it now: it may have to give us more, or there is enough to tell. */
  ran(run: Exclude<SeriesRun, number>): boolean {
    this.leave(1);
    const { stdout, stderr } = run.output;
    this.#runs.push(isSilentSuccess(run) ? run.index : run);
    this.#runsBytes += stdout.length + stderr.length;
    return this.exhausted || this.#runs.length >= MOST_UNTOLD || this.#runsBytes >= MOST_UNTOLD_BYTES;
  }

  /** Those that have run and nobody has been told of; `null` where there are none. */
  takeRuns(): Extract<LauncherReply, { type: 'runs' }> | null {
    if (this.#runs.length === 0) return null;
    const runs = this.#runs;
    this.#runs = [];
    this.#runsBytes = 0;
    return { type: 'runs', series: this.id, runs };
  }

  /** Begins nothing more. */
  halt(): Extract<LauncherReply, { type: 'halted' }> {
    this.#waiting.length = 0;
    return { type: 'halted', series: this.id, begun: this.#begun };
  }
}

function isSilentSuccess({ end, groupRemains, output }: Exclude<SeriesRun, number>): boolean {
  return end.signal === 0 && end.exitCode === 0 && !groupRemains && output.stdout === '' && output.stderr === '';
}
