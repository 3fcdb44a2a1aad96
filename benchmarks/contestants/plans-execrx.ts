/** Validates a plan and runs it against a port whose executions end as soon as they are submitted: what is left is the plan's own cost. */

import { type ExecutionPlan, exec } from 'execrx';
import { Subject } from 'rxjs';
import { systemClock } from '#dist/actors/kernel/clock.js';
import { resultOfNeverRan } from '#dist/actors/plan/never-ran.js';
import { PlanActor } from '#dist/actors/plan/plan-actor.js';
import type { PlanPort, PlanWork } from '#dist/actors/plan/plan-run.js';
import type { Transition } from '#dist/actors/protocol/event.js';
import { defaultConfig } from '#dist/runtime/config/config.js';
import { resolvePlan } from '#dist/runtime/plan/resolve-plan.js';
import { tell, timed } from '../support/figures.js';

const [nodes = 1_000] = process.argv.slice(2).map(Number);
const EDGES_EACH = 3;
const config = defaultConfig();

/** Each node depends on three that come before it, near and far. */
function planOf(size: number): ExecutionPlan {
  const dependencies: Record<number, number[]> = {};
  for (let node = EDGES_EACH; node < size; node++) {
    dependencies[node] = [Math.floor(node / 2), (node * 7_919) % node, (node * 104_729) % node];
  }
  const commands = Array.from({ length: size }, () => ({ command: exec('true') }));
  return { strategy: { type: 'dependency_graph', dependencies }, commands };
}

/** One for all: to make results is the supervisor's cost. */
const times = { queuedAt: 0, completedAt: 0 };
const result = resultOfNeverRan({ id: '', logPath: '', ...times }, 'completed', { code: 'CANCELLED', message: '' });

function run(work: PlanWork): Promise<void> {
  const transitions$ = new Subject<Transition>();
  const actor = new PlanActor(systemClock, config.logger, transitions$);
  return new Promise((resolve) => {
    let submitted = 0;
    const ended: string[] = [];
    const endAll = () => {
      for (const id of ended.splice(0)) {
        const event = { type: 'completed', timestamp: 0, executionId: id, result } as const;
        transitions$.next({ event, from: 'running', to: 'completed' });
      }
    };
    const port: PlanPort = {
      submit() {
        const id = String(++submitted);
        if (ended.push(id) === 1) setImmediate(endAll);
        return id;
      },
      cancel() {},
      publish() {},
      over: resolve,
      identify: () => ({ id: '', logPath: '' }),
      keptBytesOf: () => config.maxOutputSizeBytes,
    };
    actor.execute(work, port);
  });
}

async function once(size: number): Promise<{ validateMs: number; scheduleMs: number }> {
  const plan = planOf(size);
  const start = performance.now();
  const work = resolvePlan(plan, config, () => false);
  const validated = performance.now();
  await run(work);
  return { validateMs: validated - start, scheduleMs: performance.now() - validated };
}

for (let warm = 0; warm < 10; warm++) await once(1_000);
const samples = 100_000 / nodes;
let validateMs = 0;
let scheduleMs = 0;
const { delayP99Ms } = await timed(async () => {
  for (let sample = 0; sample < samples; sample++) {
    const one = await once(nodes);
    validateMs += one.validateMs;
    scheduleMs += one.scheduleMs;
  }
});
const each = (ms: number) => (ms / samples / nodes) * 1e3;
tell({
  validateMicrosecondsEach: each(validateMs),
  scheduleMicrosecondsEach: each(scheduleMs),
  microsecondsEach: each(validateMs + scheduleMs),
  delayP99Ms,
});
