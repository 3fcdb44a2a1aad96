/**
 * What runs in a worker thread. Why a thread: reading pipes, splitting lines, decoding, writing logs and forking all take the
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
import type { WorkerBirth, WorkerBorn, WorkerControl, WorkerMail } from '../protocol/wire.js';
import { Outbox } from './outbox.js';
import { chooseSpawner } from './spawner/choose-spawner.js';
import type { Spawner } from './spawner/spawner.js';
import { WorkerActor } from './worker-actor.js';

export default async function birth(task: WorkerBirth): Promise<WorkerBorn> {
  const outbox = new Outbox(task.events);
  const slots = new ProcessSlotWriter(task.processSlots);
  const { spawner, kind, reason } = await chooseSpawner(slots, task.settings, {
    onNotice: (level, message) => outbox.push({ type: 'notice', level, message }),
    onChange: (kind, why) => outbox.push({ type: 'spawner_changed', spawner: kind, reason: why }),
  });
  startActor(task, spawner, outbox);
  return { threadId, spawner: kind, reason };
}

export function startActor(
  { control, events, settings, listenAll }: WorkerBirth,
  spawner: Spawner,
  outbox = new Outbox(events),
): void {
  const emit = outbox.push.bind(outbox);
  const actor = new WorkerActor({ spawner, clock: systemClock, settings, listenAll, emit });
  events.on('message', (mail: WorkerMail) => actor.receive(mail));
  const api: WorkerControl = {
    stop: async () => {
      await actor.stop();
      await spawner.stop();
      outbox.flush();
    },
  };
  expose(api, nodeEndpoint(control));
}
