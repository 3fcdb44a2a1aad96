import type { ResourceLimits } from 'node:worker_threads';
import type { InjectionToken } from 'tsyringe';
import type { Clock } from '../actors/kernel/clock.js';
import type { EngineConfig } from '../actors/protocol/config.js';

export const CONFIG: InjectionToken<EngineConfig> = Symbol('EngineConfig');
export const CLOCK: InjectionToken<Clock> = Symbol('Clock');
/** The compiled file that worker threads load. */
export const WORKER_ENTRY: InjectionToken<URL> = Symbol('WorkerEntry');
/** Heap limits of worker threads; `{}` for Node's own. */
export const WORKER_LIMITS: InjectionToken<ResourceLimits> = Symbol('WorkerLimits');
