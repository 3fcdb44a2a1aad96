/** The one place that knows how an engine is put together. A container per engine, so that two can live in one app. */
import 'reflect-metadata';
import type { ResourceLimits } from 'node:worker_threads';
import { container, instanceCachingFactory } from 'tsyringe';
import { CleanupActor, type CleanupPort } from '../actors/cleanup/cleanup-actor.js';
import { type Clock, systemClock } from '../actors/kernel/clock.js';
import { DeadLetters } from '../actors/kernel/dead-letters.js';
import { PlanActor } from '../actors/plan/plan-actor.js';
import { ownDirectory } from '../actors/process/own-directory.js';
import type { EngineConfig } from '../actors/protocol/config.js';
import type { Surroundings } from '../actors/protocol/wire.js';
import { StatsActor } from '../actors/stats/stats-actor.js';
import { Publisher } from '../supervisor/publisher.js';
import { Supervisor } from '../supervisor/supervisor.js';
import { CLOCK, CONFIG, SURROUNDINGS, WORKER_FILES, WORKER_LIMITS } from '../supervisor/tokens.js';
import type { WorkerFiles } from '../supervisor/worker-files.js';
import { resolveConfig } from './config/config.js';
import { ExecutionEngine } from './engine.js';
import { Plans } from './plan/plans.js';

/** What a test may put in the place of the real thing. */
export interface Substitutes {
  clock?: Clock;
  workerEntry?: URL;
  /** So that a test can exhaust a thread's heap without exhausting the machine. */
  workerLimits?: ResourceLimits;
}

const entry = new URL(import.meta.resolve('#worker'));
const WORKER: WorkerFiles = { entry, preload: new URL('worker-preload.cjs', entry) };

export function composeEngine(options?: Partial<EngineConfig>, substitutes: Substitutes = {}): ExecutionEngine {
  const engine = container.createChildContainer();
  const clock = substitutes.clock ?? systemClock;
  const config = resolveConfig(options);
  engine.register(CONFIG, { useValue: config });
  engine.register(CLOCK, { useValue: clock });
  engine.register(WORKER_LIMITS, { useValue: substitutes.workerLimits ?? {} });
  engine.register(WORKER_FILES, { useValue: workerFiles(substitutes.workerEntry) });
  engine.register(SURROUNDINGS, { useValue: surroundingsOfApp() });
  engine.register(DeadLetters, { useFactory: instanceCachingFactory(() => new DeadLetters(clock)) });
  engine.register(StatsActor, {
    useFactory: instanceCachingFactory((scope) => new StatsActor(scope.resolve(Publisher).transitions$)),
  });
  engine.register(CleanupActor, {
    useFactory: instanceCachingFactory((scope) => {
      const supervisor = scope.resolve(Supervisor);
      const { registry, publisher } = supervisor;
      const port: CleanupPort = {
        forgetExpired: () => supervisor.forgetExpired(),
        finishedCount: () => registry.finished.size,
        isLive: (id) => registry.isLive(id),
      };
      return new CleanupActor(config, clock, port, publisher.transitions$);
    }),
  });
  engine.register(Plans, {
    useFactory: instanceCachingFactory((scope) => {
      const supervisor = scope.resolve(Supervisor);
      return new Plans(config, supervisor, new PlanActor(clock, config.logger, supervisor.publisher.transitions$));
    }),
  });
  return engine.resolve(ExecutionEngine);
}

function workerFiles(substitute: URL | undefined): WorkerFiles {
  return substitute ? { entry: substitute, preload: null } : WORKER;
}

/** As they are now: a later change is the app's own business. */
function surroundingsOfApp(): Surroundings {
  return { environment: { ...process.env } as Record<string, string>, directory: ownDirectory() };
}
