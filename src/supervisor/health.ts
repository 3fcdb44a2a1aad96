import type { EngineHealth } from '../actors/protocol/health.js';
import type { WorkerBorn } from '../actors/protocol/wire.js';
import type { WorkerCrew } from './worker-crew.js';

export type Phase = 'open' | 'stopping' | 'stopped';

type CrewView = Pick<WorkerCrew, 'size' | 'restarts' | 'gaveUp' | 'wounded' | 'starting'> & {
  links: ReadonlyArray<{ born: WorkerBorn }>;
};

export function healthOf(crew: CrewView, phase: Phase): EngineHealth {
  const workers = { configured: crew.size, ready: crew.links.length, starting: crew.starting };
  return { ...statusOf(crew, phase), workers, restarts: crew.restarts, ...spawnerOf(crew.links) };
}

/** One worker in the thread is enough to say so: it is the slower way. */
function spawnerOf(links: CrewView['links']): Pick<EngineHealth, 'spawner' | 'spawnerReason'> {
  const born = links.find((link) => link.born.spawner === 'thread')?.born ?? links[0]?.born;
  return { spawner: born?.spawner ?? null, spawnerReason: born?.reason ?? null };
}

function statusOf(crew: CrewView, phase: Phase): Pick<EngineHealth, 'status' | 'reason'> {
  if (phase !== 'open') return { status: phase, reason: null };
  if (crew.gaveUp !== null) return { status: 'unhealthy', reason: crew.gaveUp };
  if (crew.wounded !== null) return { status: 'degraded', reason: crew.wounded };
  if (crew.links.length === 0) return { status: 'starting', reason: null };
  return { status: 'healthy', reason: null };
}
