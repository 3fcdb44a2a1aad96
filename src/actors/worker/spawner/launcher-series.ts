import { groupExists, sendSignal } from '../../process/process-tree.js';
import type { LauncherReply, LauncherRequest } from '../../protocol/launcher-wire.js';
import { placeInSeries } from '../../protocol/series-ids.js';
import { exitOf } from './launcher-process.js';
import type { Series, SeriesListener, SeriesSpec, SpawnAnswer } from './spawner.js';

/** Characters of arguments in one message: six times as many, escaped, are far below the longest line. */
const MESSAGE_LENGTH = 1_048_576;

/** One that is under way. */
interface OpenSeries {
  spec: SeriesSpec;
  listener: SeriesListener;
}

/** A command of a series that was answered as a request of its own is. */
interface Part {
  spec: SeriesSpec;
  answer(answer: SpawnAnswer): void;
}

/** The series under way in one launcher. */
export class SeriesDesk {
  readonly #open = new Map<number, OpenSeries>();
  #lastId = 0;
  /** Requests that the launcher answers at once, and has not yet. */
  #unanswered = 0;

  /** `send` returns at once; what it sent may be lost with the launcher. */
  constructor(private readonly send: (request: LauncherRequest) => void) {}

  /** Whether the launcher owes an answer. */
  get waits(): boolean {
    return this.#unanswered > 0;
  }

  open(spec: SeriesSpec, places: number, listener: SeriesListener): Series {
    const id = ++this.#lastId;
    this.#open.set(id, { spec, listener });
    this.send({ type: 'series', id, places, ...spec });
    return {
      add: (args) => {
        if (!this.#open.has(id)) return;
        for (const some of inMessages(args)) {
          this.#unanswered++;
          this.send({ type: 'more', series: id, args: some });
        }
      },
      resume: () => {
        if (this.#open.has(id)) this.send({ type: 'resume', series: id, places: 1 });
      },
      halt: () => {
        if (!this.#open.has(id)) return;
        this.#unanswered++;
        this.send({ type: 'halt', series: id });
      },
    };
  }

  taken(): void {
    this.#unanswered--;
  }

  /** What a request is a part of. */
  partOf(id: number): Part | null {
    const place = placeInSeries(id);
    const series = place && this.#open.get(place.series);
    if (!series) return null;
    return { spec: series.spec, answer: (answer) => series.listener.onAnswer(place.index, answer) };
  }

  ran({ series, runs }: Extract<LauncherReply, { type: 'runs' }>): void {
    const listener = this.#open.get(series)?.listener;
    for (const run of runs) {
      if (typeof run === 'number') {
        listener?.onRan(run, null);
        continue;
      }
      const { index, end, groupRemains, output } = run;
      if (groupRemains && groupExists(end.pid)) sendSignal(-end.pid, 'SIGKILL');
      listener?.onRan(index, { exit: exitOf(end, groupRemains), ...output });
    }
  }

  halted({ series, begun }: Extract<LauncherReply, { type: 'halted' }>): void {
    const listener = this.#open.get(series)?.listener;
    if (this.#open.delete(series)) this.#unanswered--;
    listener?.onHalted(begun);
  }

  lost(message: string): void {
    const all = [...this.#open.values()];
    this.#open.clear();
    this.#unanswered = 0;
    for (const { listener } of all) listener.onLost(message);
  }
}

/** Lists of arguments as they may travel together: at least one. */
function* inMessages(all: readonly (readonly string[])[]): Generator<readonly (readonly string[])[]> {
  let first = 0;
  let length = 0;
  for (let at = 0; at < all.length; at++) {
    const own = (all[at] as readonly string[]).reduce((sum, text) => sum + text.length, 0);
    if (at > first && length + own > MESSAGE_LENGTH) {
      yield all.slice(first, at);
      first = at;
      length = 0;
    }
    length += own;
  }
  yield first === 0 ? all : all.slice(first);
}
