import { expect } from 'chai';
import { healthOf, type Phase } from '#lib/supervisor/health.js';

const launching = { born: { threadId: 1, spawner: 'launcher' as const, reason: null } };
const forking = { born: { threadId: 2, spawner: 'thread' as const, reason: 'no koffi' } };
const crew = { size: 4, restarts: 3, starting: 1, gaveUp: null, wounded: null, links: [launching, launching] };
const statusOf = (fields: Partial<Parameters<typeof healthOf>[0]>, phase: Phase = 'open') => {
  const { status, reason } = healthOf({ ...crew, ...fields }, phase);
  return [status, reason];
};

describe('healthOf', () => {
  it('tells how many workers there are, and how often one was restarted', () => {
    expect(healthOf(crew, 'open')).to.deep.equal({
      status: 'healthy',
      reason: null,
      workers: { configured: 4, ready: 2, starting: 1 },
      restarts: 3,
      spawner: 'launcher',
      spawnerReason: null,
    });
  });

  it('names the slower spawner and the reason as soon as one worker uses it', () => {
    const { spawner, spawnerReason } = healthOf({ ...crew, links: [launching, forking] }, 'open');
    expect([spawner, spawnerReason]).to.deep.equal(['thread', 'no koffi']);
  });

  it('names no spawner before a worker is up', () => {
    expect(healthOf({ ...crew, links: [] }, 'open')).to.include({ spawner: null, spawnerReason: null });
  });

  it('is starting as long as no worker is ready', () => {
    expect(statusOf({ links: [] })).to.deep.equal(['starting', null]);
  });

  it('is degraded, and says why, while a lost worker is not replaced', () => {
    expect(statusOf({ wounded: 'out of memory' })).to.deep.equal(['degraded', 'out of memory']);
  });

  it('is unhealthy, and says why, once restarting has been given up', () => {
    expect(statusOf({ gaveUp: 'too many', wounded: 'the last' })).to.deep.equal(['unhealthy', 'too many']);
  });

  it('is stopping and stopped before everything else', () => {
    expect(statusOf({ gaveUp: 'too many' }, 'stopping')).to.deep.equal(['stopping', null]);
    expect(statusOf({ wounded: 'x' }, 'stopped')).to.deep.equal(['stopped', null]);
  });
});
