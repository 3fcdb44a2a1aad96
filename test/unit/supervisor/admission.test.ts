import { expect } from 'chai';
import { Admission, type AdmissionLimits } from '#dist/supervisor/admission.js';
import { fc } from '../../support/fast-check.js';

interface Item {
  name: number;
  priority: number;
}

const limits = fc.record({
  maxConcurrentExecutions: fc.integer({ min: 1, max: 4 }),
  maxQueuedExecutions: fc.nat(5),
  admission: fc.constantFrom('queue' as const, 'reject' as const),
});
const steps = fc.array(
  fc.record({
    type: fc.constantFrom('enter' as const, 'enter' as const, 'reenter' as const, 'release' as const, 'leave' as const),
    priority: fc.integer({ min: -1, max: 1 }),
    index: fc.nat(),
  }),
  { maxLength: 80 },
);

/** The obvious way to do it: two arrays. */
class Model {
  readonly holding: Item[] = [];
  readonly waiting: Item[] = [];

  constructor(private readonly limits: AdmissionLimits) {}

  enter(item: Item): string {
    const { maxConcurrentExecutions, maxQueuedExecutions, admission } = this.limits;
    if (this.holding.length < maxConcurrentExecutions) return this.#hold(item);
    if (admission === 'reject') return 'limit_reached';
    return this.waiting.length >= maxQueuedExecutions ? 'queue_full' : this.#wait(item);
  }

  reenter(item: Item): string {
    return this.holding.length < this.limits.maxConcurrentExecutions ? this.#hold(item) : this.#wait(item);
  }

  release(index: number): Item | undefined {
    this.holding.splice(index, 1);
    const next = this.waiting.toSorted((a, b) => b.priority - a.priority || a.name - b.name)[0];
    if (next) {
      this.waiting.splice(this.waiting.indexOf(next), 1);
      this.holding.push(next);
    }
    return next;
  }

  #hold(item: Item): string {
    this.holding.push(item);
    return 'granted';
  }

  #wait(item: Item): string {
    this.waiting.push(item);
    return 'queued';
  }
}

describe('Admission', () => {
  it('does what two arrays would, whoever enters, leaves and gives back, and never grants too many', () => {
    fc.assert(
      fc.property(limits, steps, (bounds, taken) => {
        const admission = new Admission<Item>(bounds);
        const model = new Model(bounds);
        for (const [name, { type, priority, index }] of taken.entries()) {
          const item = { name, priority };
          if (type === 'enter') expect(admission.enter(item)).to.equal(model.enter(item));
          else if (type === 'reenter') expect(admission.reenter(item)).to.equal(model.reenter(item));
          else if (type === 'release' && model.holding.length > 0) {
            expect(admission.release()).to.equal(model.release(index % model.holding.length));
          } else if (type === 'leave' && model.waiting.length > 0) {
            const [gone] = model.waiting.splice(index % model.waiting.length, 1);
            admission.leave(gone as Item);
          }
          expect(admission.metrics).to.deep.equal({
            maxConcurrent: bounds.maxConcurrentExecutions,
            currentlyRunning: model.holding.length,
            currentlyPending: model.waiting.length,
            availableSlots: bounds.maxConcurrentExecutions - model.holding.length,
          });
          expect(admission.metrics.availableSlots).to.be.at.least(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('hands a permit to whoever waits, higher priority first, then in order of arrival', () => {
    const admission = new Admission<Item>({ maxConcurrentExecutions: 1, maxQueuedExecutions: 9, admission: 'queue' });
    const items = [0, 0, 5, 0, 5].map((priority, name) => ({ name, priority }));
    expect(items.map((item) => admission.enter(item))).to.deep.equal([
      'granted',
      'queued',
      'queued',
      'queued',
      'queued',
    ]);
    const order = items.map(() => admission.release()?.name);
    expect(order).to.deep.equal([2, 4, 1, 3, undefined]);
  });

  it('takes one back that was admitted before, though the queue is full for newcomers', () => {
    const admission = new Admission<Item>({ maxConcurrentExecutions: 1, maxQueuedExecutions: 0, admission: 'queue' });
    admission.enter({ name: 0, priority: 0 });
    expect(admission.enter({ name: 1, priority: 0 })).to.equal('queue_full');
    expect(admission.reenter({ name: 2, priority: 0 })).to.equal('queued');
    expect(admission.release()?.name).to.equal(2);
  });

  it('takes a part of what was admitted as a whole, in line with the others, whatever the bounds', () => {
    for (const admission of ['queue', 'reject'] as const) {
      const semaphore = new Admission<Item>({ maxConcurrentExecutions: 1, maxQueuedExecutions: 0, admission });
      expect(semaphore.join({ name: 0, priority: 0 })).to.equal('granted');
      expect(semaphore.join({ name: 1, priority: 0 })).to.equal('queued');
      expect(semaphore.join({ name: 2, priority: 1 })).to.equal('queued');
      expect([semaphore.release()?.name, semaphore.release()?.name, semaphore.release()]).to.deep.equal([
        2,
        1,
        undefined,
      ]);
    }
  });

  it('takes no notice of one leaving that does not wait', () => {
    const admission = new Admission<Item>({ maxConcurrentExecutions: 1, maxQueuedExecutions: 1, admission: 'queue' });
    const [holds, waits] = [
      { name: 0, priority: 0 },
      { name: 1, priority: 0 },
    ] as const;
    admission.enter(holds);
    admission.enter(waits);
    admission.leave(holds);
    admission.leave(waits);
    admission.leave(waits);
    expect(admission.metrics).to.include({ currentlyRunning: 1, currentlyPending: 0 });
  });
});
