import type { ResourceLimits } from 'node:worker_threads';
import type { InjectionToken } from 'tsyringe';
import type { Clock } from '../actors/kernel/clock.js';
import type { EngineConfig } from '../actors/protocol/config.js';
import type { Surroundings } from '../actors/protocol/wire.js';
import type { WorkerFiles } from './worker-files.js';

export const CONFIG: InjectionToken<EngineConfig> = Symbol('EngineConfig');
export const CLOCK: InjectionToken<Clock> = Symbol('Clock');
/** What processes get that are not told otherwise. */
export const SURROUNDINGS: InjectionToken<Surroundings> = Symbol('Surroundings');
/** The compiled files that worker threads load. */
export const WORKER_FILES: InjectionToken<WorkerFiles> = Symbol('WorkerFiles');
/** Heap limits of worker threads; `{}` for Node's own. */
export const WORKER_LIMITS: InjectionToken<ResourceLimits> = Symbol('WorkerLimits');
