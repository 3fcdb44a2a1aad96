import { expect } from 'chai';
import { NotFoundError } from '#lib/actors/protocol/errors.js';
import type { ExecutionFilter } from '#lib/actors/protocol/execution.js';
import { Registry } from '#lib/supervisor/registry.js';
import type { Submission } from '#lib/supervisor/submission.js';
import { endRecord, recordWith } from '../../support/records.js';

function add(registry: Registry, fields: Partial<Submission> = {}) {
  const record = recordWith(fields);
  registry.add(record);
  return record;
}

describe('Registry', () => {
  it('finds what was added, and nothing else', () => {
    const registry = new Registry();
    const record = add(registry);
    expect(registry.get(record.id)).to.equal(record);
    expect(registry.has(record.id)).to.equal(true);
    expect(registry.has('other')).to.equal(false);
    expect(() => registry.get('other'))
      .to.throw(NotFoundError)
      .with.property('id', 'other');
  });

  it('knows the living from the finished, these in order of their end', () => {
    const registry = new Registry();
    const [first, second, third] = [add(registry), add(registry), add(registry)];
    for (const record of [third, first]) {
      endRecord(record, 'completed');
      registry.markFinished(record);
    }
    expect([...registry.finished]).to.deep.equal([third, first]);
    expect([...registry.live]).to.deep.equal([second]);
    expect([first.id, second.id, 'other'].map((id) => registry.isLive(id))).to.deep.equal([false, true, false]);
  });

  it('refuses to call one finished that is not', () => {
    const registry = new Registry();
    const record = add(registry);
    expect(() => registry.markFinished(record)).to.throw(/pending/);
    expect(registry.isLive(record.id)).to.equal(true);
  });

  it('forgets what is removed', () => {
    const registry = new Registry();
    const record = add(registry);
    endRecord(record, 'failed');
    registry.markFinished(record);
    registry.remove(record);
    expect(registry.has(record.id)).to.equal(false);
    expect(registry.finished.size).to.equal(0);
    expect(registry.list()).to.deep.equal([]);
  });

  describe('lists', () => {
    const registry = new Registry();
    add(registry, { id: 'a', tags: { team: 'x', env: 'dev' } });
    const b = add(registry, { id: 'b', planId: 'plan', tags: { team: 'x' } });
    const c = add(registry, { id: 'c', planId: 'plan', priority: 5 });
    endRecord(b, 'completed', { completedAt: 9_000 });
    c.status = 'running';
    const ids = (filter?: ExecutionFilter) => registry.list(filter).map(({ id }) => id);

    it('the newest first', () => {
      expect(ids()).to.deep.equal(['c', 'b', 'a']);
    });

    it('those of a status, or of several', () => {
      expect(ids({ status: 'running' })).to.deep.equal(['c']);
      expect(ids({ status: ['pending', 'completed'] })).to.deep.equal(['b', 'a']);
      expect(ids({ status: [] })).to.deep.equal([]);
    });

    it('those of a plan', () => {
      expect(ids({ planId: 'plan' })).to.deep.equal(['c', 'b']);
      expect(ids({ planId: 'other' })).to.deep.equal([]);
    });

    it('those that have every tag named', () => {
      expect(ids({ tags: { team: 'x' } })).to.deep.equal(['b', 'a']);
      expect(ids({ tags: { team: 'x', env: 'dev' } })).to.deep.equal(['a']);
      expect(ids({ tags: { team: 'y' } })).to.deep.equal([]);
    });

    it('those that meet all conditions, at most so many', () => {
      expect(ids({ planId: 'plan', status: 'completed' })).to.deep.equal(['b']);
      expect(ids({ limit: 2 })).to.deep.equal(['c', 'b']);
      expect(ids({ tags: { team: 'x' }, limit: 1 })).to.deep.equal(['b']);
      expect(ids({ limit: 0 })).to.deep.equal([]);
    });

    it('what is worth knowing of each', () => {
      expect(registry.list({ planId: 'plan' })).to.deep.equal([
        {
          id: 'c',
          status: 'running',
          command: { type: 'exec', program: 'true' },
          planId: 'plan',
          tags: {},
          priority: 5,
          attempt: 0,
          pid: null,
          queuedAt: 1_000,
          startedAt: null,
          completedAt: null,
        },
        { ...b.summary(), status: 'completed', completedAt: 9_000, tags: { team: 'x' } },
      ]);
    });
  });
});
