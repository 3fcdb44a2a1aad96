import { closeSync } from 'node:fs';
import { systemClock } from '../kernel/clock.js';
import type { LauncherReply, LauncherRequest, ProcessEnd } from '../protocol/launcher-wire.js';
import { Environments } from './environment.js';
import { type Newborn, Newborns } from './newborns.js';
import { drain } from './output-ends.js';
import { searchPath } from './search-path.js';
import { createPipe, type Errno, groupExists, type Pipe, reap, spawnProcess, widenPipe } from './system-calls.js';

type SpawnRequest = Extract<LauncherRequest, { type: 'spawn' }>;

/** Spawns, reaps and tells. Knows nothing of what the processes are for. */
export class Launcher {
  readonly #environments = new Environments();
  /** Our copies of the worker's pipe ends, until it has opened its own. */
  readonly #handedOver = new Map<number, number[]>();
  readonly #running = new Set<number>();
  readonly #newborns = new Newborns(() => this.#look());

  constructor(private readonly tell: (reply: LauncherReply) => void) {}

  get running(): ReadonlySet<number> {
    return this.#running;
  }

  handle(request: LauncherRequest): void {
    switch (request.type) {
      case 'environment':
        return this.#environments.setOwn(request.variables);
      case 'spawn':
        return this.#spawn(request);
      case 'opened':
        return request.ids.forEach((id) => this.#letGo(id));
      case 'widen':
        return widenPipe(process.ppid, request.fd);
    }
  }

  /** Tells of every child that has ended. Orphans that came to us as subreaper are reaped in silence. */
  reapAll(): void {
    for (let ended = reap(); ended !== null; ended = reap()) {
      if (this.#running.delete(ended.pid)) this.#tellOfEnd(ended);
    }
  }

  #tellOfEnd(end: ProcessEnd): void {
    const { pid } = end;
    const groupRemains = groupExists(pid);
    const newborn = this.#newborns.take(pid);
    const output = newborn && drain(newborn.ends);
    if (newborn && output) {
      const { id, startedMs } = newborn;
      return this.tell({ type: 'ran', id, startedMs, endedMs: systemClock.monotonicMs(), end, groupRemains, output });
    }
    if (newborn) this.#tellOfBirth(newborn, null);
    this.tell({ type: 'exited', end, groupRemains });
  }

  #tellOfBirth({ id, pid, ends, startedMs }: Newborn, stdin: number | null): void {
    const { stdout, stderr } = ends;
    this.#handedOver.set(id, stdin === null ? [stdout, stderr] : [stdout, stderr, stdin]);
    this.tell({ type: 'spawned', id, pid, stdin, stdout, stderr, startedMs });
  }

  /** Those that have ended meanwhile are told of as a whole. */
  #look(): void {
    this.reapAll();
    for (const newborn of this.#newborns.takeGrown()) this.#tellOfBirth(newborn, null);
  }

  #spawn(request: SpawnRequest): void {
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
    else this.#newborns.add(newborn);
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
  for (const fd of fds) closeSync(fd);
}
