import { systemClock } from '../kernel/clock.js';
import type { LauncherReply, LauncherRequest, ProcessEnd, SeriesRun } from '../protocol/launcher-wire.js';
import { placeInSeries } from '../protocol/series-ids.js';
import { Environments } from './environment.js';
import { type Newborn, Newborns } from './newborns.js';
import { drain } from './output-ends.js';
import { searchPath } from './search-path.js';
import { Series } from './series.js';
import {
  close,
  createPipe,
  type Errno,
  groupExists,
  type Pipe,
  reap,
  spawnProcess,
  widenPipe,
} from './system-calls.js';

type SpawnRequest = Extract<LauncherRequest, { type: 'spawn' }>;

/** So many are started before what has come meanwhile is looked at. */
const MOST_PER_TURN = 64;

/** How long a run of a series may wait to be told of. */
const UNTOLD_MS = 20;

/** Spawns, reaps and tells. Knows nothing of what the processes are for. */
export class Launcher {
  readonly #environments = new Environments();
  /** Our copies of the worker's pipe ends, until it has opened its own. */
  readonly #handedOver = new Map<number, number[]>();
  readonly #running = new Set<number>();
  readonly #newborns = new Newborns({ lookMs: 2, silenceMs: 10 }, () => this.#look(this.#newborns));
  /** Nobody waits for the output of one of many. */
  readonly #newbornParts = new Newborns({ lookMs: 10, silenceMs: 20 }, () => this.#look(this.#newbornParts));
  readonly #series = new Map<number, Series>();
  #advancing = false;
  #untold: NodeJS.Timeout | undefined;

  constructor(private readonly tell: (reply: LauncherReply) => void) {}

  get running(): ReadonlySet<number> {
    return this.#running;
  }

  handle(request: LauncherRequest): void {
    switch (request.type) {
      case 'environment':
        return this.#environments.setOwn(request.variables);
      case 'spawn':
        return this.#spawn(request, this.#newborns);
      case 'series':
        this.#series.set(request.id, new Series(request));
        return;
      case 'more':
        this.#series.get(request.series)?.add(request.args);
        this.tell({ type: 'took', series: request.series });
        return this.#advance();
      case 'resume':
        this.#series.get(request.series)?.leave(request.places);
        return this.#advance();
      case 'halt':
        return this.#halt(request.series);
      case 'opened':
        return request.ids.forEach((id) => this.#letGo(id));
      case 'widen':
        return widenPipe(process.ppid, request.fd);
    }
  }

  /** Whatever waits in a series never starts. */
  beginNothingMore(): void {
    this.#series.clear();
  }

  /** Tells of every child that has ended. Orphans that came to us as subreaper are reaped in silence. */
  reapAll(): void {
    for (let ended = reap(); ended !== null; ended = reap()) {
      if (this.#running.delete(ended.pid)) this.#tellOfEnd(ended);
    }
    this.#advance();
  }

  #tellOfEnd(end: ProcessEnd): void {
    const { pid } = end;
    const groupRemains = groupExists(pid);
    const newborn = this.#newborns.take(pid) ?? this.#newbornParts.take(pid);
    const output = newborn && drain(newborn.ends);
    if (newborn && output) {
      const { id, startedMs } = newborn;
      const place = placeInSeries(id);
      if (place) return this.#ran(place.series, { index: place.index, end, groupRemains, output });
      return this.tell({ type: 'ran', id, startedMs, endedMs: systemClock.monotonicMs(), end, groupRemains, output });
    }
    if (newborn) this.#tellOfBirth(newborn, null);
    this.tell({ type: 'exited', end, groupRemains });
  }

  /** What may wait a moment for company, unless the worker is to give us more. */
  #ran(id: number, run: Exclude<SeriesRun, number>): void {
    const series = this.#series.get(id);
    if (!series) return;
    if (series.ran(run)) return this.#tellRuns(series);
    this.#untold ??= setTimeout(() => {
      this.#untold = undefined;
      for (const each of this.#series.values()) this.#tellRuns(each);
    }, UNTOLD_MS);
  }

  #tellRuns(series: Series): void {
    const runs = series.takeRuns();
    if (runs) this.tell(runs);
  }

  #tellOfBirth({ id, pid, ends, startedMs }: Newborn, stdin: number | null): void {
    const { stdout, stderr } = ends;
    this.#handedOver.set(id, stdin === null ? [stdout, stderr] : [stdout, stderr, stdin]);
    this.tell({ type: 'spawned', id, pid, stdin, stdout, stderr, startedMs });
  }

  /** Those that have ended meanwhile are told of as a whole. */
  #look(newborns: Newborns): void {
    this.reapAll();
    for (const newborn of newborns.takeGrown()) this.#tellOfBirth(newborn, null);
  }

  /** Starts what waits in a series and has a place. */
  #advance(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    let begun = 0;
    for (const series of this.#series.values()) {
      while (begun < MOST_PER_TURN) {
        const next = series.next();
        if (next === null) break;
        this.#spawn(next, this.#newbornParts);
        begun++;
      }
    }
    this.#advancing = false;
    if (begun === MOST_PER_TURN) setImmediate(() => this.#advance());
  }

  #halt(id: number): void {
    const series = this.#series.get(id);
    if (!series) return;
    this.#series.delete(id);
    for (const newborn of this.#newbornParts.takeAll((part) => placeInSeries(part.id)?.series === id))
      this.#tellOfBirth(newborn, null);
    this.#tellRuns(series);
    this.tell(series.halt());
  }

  #spawn(request: SpawnRequest, newborns: Newborns): void {
    const { id } = request;
    const pipes = openPipes(request.pipeInput);
    if (typeof pipes === 'string') return this.tell({ type: 'refused', id, code: pipes });
    const [stdout, stderr, stdin] = pipes as [Pipe, Pipe, Pipe | undefined];
    const startedMs = systemClock.monotonicMs();
    const pid = this.#start(request, stdout, stderr, stdin);
    closeAll([stdout.writeEnd, stderr.writeEnd, ...(stdin ? [stdin.readEnd] : [])]);
    if (typeof pid === 'string') {
      closeAll([stdout.readEnd, stderr.readEnd, ...(stdin ? [stdin.writeEnd] : [])]);
      return this.tell({ type: 'refused', id, code: pid });
    }
    this.#running.add(pid);
    const newborn = { id, pid, ends: { stdout: stdout.readEnd, stderr: stderr.readEnd }, startedMs };
    // One that may wait for its input is told of at once.
    if (stdin) this.#tellOfBirth(newborn, stdin.writeEnd);
    else newborns.add(newborn);
    this.reapAll(); // some have ended while this one was started, and more may wait to be started
  }

  #start(request: SpawnRequest, stdout: Pipe, stderr: Pipe, stdin: Pipe | undefined): number | Errno {
    const { program, args, env, inheritEnv, cwd } = request;
    const environment = this.#environments.of(env, inheritEnv);
    const found = searchPath(program, environment.path, cwd);
    if ('code' in found) return found.code;
    const redirections = { stdin: stdin?.readEnd ?? null, stdout: stdout.writeEnd, stderr: stderr.writeEnd, cwd };
    const pid = spawnProcess(found.path, [program, ...args], environment.envp, redirections);
    // execvp(3): a file that may be executed but is no program is a shell script.
    if (pid !== 'ENOEXEC') return pid;
    return spawnProcess('/bin/sh', ['/bin/sh', found.path, ...args], environment.envp, redirections);
  }

  #letGo(id: number): void {
    closeAll(this.#handedOver.get(id) ?? []);
    this.#handedOver.delete(id);
  }
}

function openPipes(withInput: boolean): Pipe[] | Errno {
  const pipes: Pipe[] = [];
  for (let count = withInput ? 3 : 2; count > 0; count--) {
    const pipe = createPipe();
    if (typeof pipe === 'string') {
      closeAll(pipes.flatMap(({ readEnd, writeEnd }) => [readEnd, writeEnd]));
      return pipe;
    }
    pipes.push(pipe);
  }
  return pipes;
}

function closeAll(fds: readonly number[]): void {
  for (const fd of fds) close(fd);
}
