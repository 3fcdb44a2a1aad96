import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { isOutOfDescriptors } from '../out-of-descriptors.js';
import { DescriptorPipe, type OutputPipe } from './output-pipe.js';
import type { WidePipes } from './wide-pipes.js';

const { O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;
const PAUSE_MS = 20;
const PATIENCE_MS = 5_000;

/** Descriptors of the launcher, by which the worker reaches its ends of a child's pipes. */
export interface LauncherDescriptors {
  stdin: number | null;
  stdout: number;
  stderr: number;
}

export interface ChildPipes {
  stdin: Socket | null;
  stdout: OutputPipe;
  stderr: OutputPipe;
}

/**
 * Opens our ends of a child's pipes by way of /proc, which makes new descriptions of the same pipes: see proc(5), /proc/pid/fd. Out of
 * descriptors, it waits for some; the child runs meanwhile and blocks when a pipe is full. Rejects with what the system says.
 */
export async function openPipes(
  launcherPid: number,
  descriptors: LauncherDescriptors,
  wide: WidePipes,
  abandoned: () => boolean,
): Promise<ChildPipes> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return tryToOpen(launcherPid, descriptors, wide);
    } catch (error) {
      if (!isOutOfDescriptors(error) || abandoned() || performance.now() > giveUpAt) throw error;
      await pause(PAUSE_MS);
    }
  }
}

function tryToOpen(launcherPid: number, { stdin, stdout, stderr }: LauncherDescriptors, wide: WidePipes): ChildPipes {
  const opened: number[] = [];
  const open = (fd: number, flags: number) => {
    const own = openSync(`/proc/${launcherPid}/fd/${fd}`, flags | O_NONBLOCK);
    opened.push(own);
    return own;
  };
  try {
    const out = open(stdout, O_RDONLY);
    const err = open(stderr, O_RDONLY);
    const input = stdin === null ? null : open(stdin, O_WRONLY);
    return {
      stdout: new DescriptorPipe(out, wide.watch(out)),
      stderr: new DescriptorPipe(err, wide.watch(err)),
      stdin: input === null ? null : new Socket({ fd: input, readable: false, writable: true }),
    };
  } catch (error) {
    for (const fd of opened) closeSync(fd);
    throw error;
  }
}
