/**
 * `starting`: no worker thread is up yet; they start when there is work. `degraded`: a lost one is being replaced. `unhealthy`: they fail
 * faster than they may be restarted, and no work is taken for a while.
 */
export type HealthStatus = 'starting' | 'healthy' | 'degraded' | 'unhealthy' | 'stopping' | 'stopped';

export interface EngineHealth {
  status: HealthStatus;
  /** Why, when it is anything but healthy. */
  reason: string | null;
  workers: { configured: number; ready: number; starting: number };
  /** Worker restarts since the engine was made. */
  restarts: number;
  /** How processes are started; `null` while no worker is up. */
  spawner: 'thread' | 'launcher' | null;
  /** Why it is not the launcher, where that was tried. */
  spawnerReason: string | null;
}
