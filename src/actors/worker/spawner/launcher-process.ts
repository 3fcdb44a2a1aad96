import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { ProcessExit, SpawnedProcess } from './spawner.js';

const { O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** Descriptors of the launcher, by which the worker reaches its ends of a child's pipes. */
export interface LauncherDescriptors {
  stdin: number | null;
  stdout: number;
  stderr: number;
}

/** A process started by the launcher. Its output does not pass through the launcher: we hold the pipes ourselves. */
export class LauncherProcess implements SpawnedProcess {
  readonly stdin: Socket | null;
  readonly stdout: Socket;
  readonly stderr: Socket;
  #exit: ProcessExit | null = null;
  #listener: ((exit: ProcessExit) => void) | null = null;

  /** Throws what the system says when the pipes cannot be opened. */
  constructor(
    readonly pid: number,
    launcherPid: number,
    descriptors: LauncherDescriptors,
    readonly release: () => void,
  ) {
    this.stdout = readEnd(launcherPid, descriptors.stdout);
    this.stderr = readEnd(launcherPid, descriptors.stderr);
    this.stdin = descriptors.stdin === null ? null : writeEnd(launcherPid, descriptors.stdin);
  }

  onExit(listener: (exit: ProcessExit) => void): void {
    if (this.#exit) listener(this.#exit);
    else this.#listener = listener;
  }

  ended(exit: ProcessExit): void {
    if (this.#exit) return;
    this.#exit = exit;
    this.#listener?.(exit);
  }
}

/** Opening a pipe by way of /proc makes a new description of the same pipe: see proc(5), /proc/pid/fd. */
function readEnd(launcherPid: number, fd: number): Socket {
  const own = openSync(`/proc/${launcherPid}/fd/${fd}`, O_RDONLY | O_NONBLOCK);
  return new Socket({ fd: own, readable: true, writable: false });
}

function writeEnd(launcherPid: number, fd: number): Socket {
  const own = openSync(`/proc/${launcherPid}/fd/${fd}`, O_WRONLY | O_NONBLOCK);
  return new Socket({ fd: own, readable: false, writable: true });
}
