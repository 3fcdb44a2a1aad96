/**
 * A worker entry whose spawner turns certain program names into faults of the thread itself. Everything else is started as usual, so a
 * fault hits a thread that is busy with real processes.
 */
import { threadId } from 'node:worker_threads';
import { ProcessSlotWriter } from '#lib/actors/process/process-slots.js';
import type { WorkerBirth, WorkerBorn } from '#lib/actors/protocol/wire.js';
import { startActor } from '#lib/actors/worker/entry.js';
import type { Spawner, SpawnSpec } from '#lib/actors/worker/spawner/spawner.js';
import { ThreadSpawner } from '#lib/actors/worker/spawner/thread-spawner.js';

export const FAULTY_WORKER = new URL(import.meta.url);

/** Program names that are faults. */
export const FAULTS = {
  throw: 'fault:throw',
  reject: 'fault:reject',
  exit: 'fault:exit',
  outOfMemory: 'fault:out-of-memory',
  /** The process is started and the thread throws before a word of it has left the thread. */
  throwAfterSpawn: 'fault:throw-after-spawn',
  /** The thread exits in the turn after the one in which the execution's end was reported. */
  exitAfterEnd: 'fault:exit-after-end',
  /** A process is started, and the thread hears and says nothing any more. */
  hang: 'fault:hang',
} as const;

const faults: Record<string, (real: Spawner, spec: SpawnSpec) => ReturnType<Spawner['spawn']>> = {
  [FAULTS.throw]: () => {
    setImmediate(() => {
      throw new Error('thrown in the worker');
    });
    return new Promise(() => {});
  },
  [FAULTS.reject]: () => Promise.reject(new Error('rejected in the worker')),
  [FAULTS.exit]: () => process.exit(3),
  [FAULTS.outOfMemory]: () => {
    const hoard: unknown[] = [];
    for (;;) hoard.push(new Array(10_000).fill({}));
  },
  [FAULTS.throwAfterSpawn]: async (real, spec) => {
    await real.spawn({ ...spec, program: 'sleep', args: ['60'] });
    throw new Error('thrown right after a spawn');
  },
  [FAULTS.exitAfterEnd]: async () => {
    // The refusal is posted in a check phase; two phases later it has left the thread.
    setImmediate(() => setImmediate(() => setImmediate(() => process.exit(4))));
    return { type: 'refused', message: 'reported before the end of the thread', transient: false };
  },
  [FAULTS.hang]: async (real, spec) => {
    await real.spawn({ ...spec, program: 'sleep', args: ['60'] });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return new Promise(() => {});
  },
};

export default async function birth(task: WorkerBirth): Promise<WorkerBorn> {
  const slots = new ProcessSlotWriter(task.processSlots);
  const real = await ThreadSpawner.create(slots, task.settings);
  startActor(task, {
    spawn: (spec) => faults[spec.program]?.(real, spec) ?? real.spawn(spec),
    stop: () => real.stop(),
  });
  return { threadId, spawner: 'thread', reason: null };
}
