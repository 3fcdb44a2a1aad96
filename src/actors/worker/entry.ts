/**
 * The file a Piscina worker loads. Why a thread: reading pipes, splitting lines, decoding, writing logs and forking all take the
 * loop they run on, and that must not be the app's.
 *
 * The one task a thread is given makes it an actor and returns; from then on the actor lives on its two ports until it is stopped.
 * Nothing here may import rxjs or tsyringe: every module costs each thread its loading time.
 */
import { threadId } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { systemClock } from '../kernel/clock.js';
import { ProcessSlotWriter } from '../process/process-slots.js';
import type { OutputCredit, WorkerBirth, WorkerControl } from '../protocol/wire.js';
import { Outbox } from './outbox.js';
import type { Spawner } from './spawner/spawner.js';
import { ThreadSpawner } from './spawner/thread-spawner.js';
import { WorkerActor } from './worker-actor.js';

export default function birth(task: WorkerBirth): number {
  return startActor(task, new ThreadSpawner(new ProcessSlotWriter(task.processSlots)));
}

export function startActor({ control, events, settings, listenAll }: WorkerBirth, spawner: Spawner): number {
  const outbox = new Outbox(events);
  const emit = outbox.push.bind(outbox);
  const actor = new WorkerActor({ spawner, clock: systemClock, settings, listenAll, emit });
  events.on('message', (credits: OutputCredit[]) => actor.credit(credits));
  const api: WorkerControl = {
    deliver: (inputs) => actor.deliver(inputs),
    stop: async () => {
      await actor.stop();
      outbox.flush();
    },
  };
  expose(api, nodeEndpoint(control));
  return threadId;
}
