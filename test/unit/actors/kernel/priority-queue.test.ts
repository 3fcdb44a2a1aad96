import { expect } from 'chai';
import { type Place, PriorityQueue } from '#dist/actors/kernel/priority-queue.js';
import { fc } from '../../../support/fast-check.js';

interface Entry {
  item: number;
  priority: number;
  place: Place<number>;
}

const priorities = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ noNaN: true }));
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('push' as const), priority: priorities }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('shift' as const) }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('remove' as const), index: fc.nat() }) },
  ),
  { maxLength: 400 },
);

describe('PriorityQueue', () => {
  it('does what a sorted array would, whatever is pushed, taken and removed', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const queue = new PriorityQueue<number>();
        const model: Entry[] = [];
        let next = 0;
        for (const step of taken) {
          if (step.type === 'push') {
            const { priority } = step;
            model.push({ item: next, priority, place: queue.push(next, priority) });
            next++;
          } else if (step.type === 'shift') {
            expect(queue.shift()).to.equal(takeFirst(model)?.item);
          } else if (model.length > 0) {
            const [gone] = model.splice(step.index % model.length, 1) as [Entry];
            queue.remove(gone.place);
          }
          expect(queue.size).to.equal(model.length);
        }
        while (model.length > 0) expect(queue.shift()).to.equal(takeFirst(model)?.item);
        expect(queue.shift()).to.equal(undefined);
      }),
      { numRuns: 150 },
    );
  });

  it('gives equal priorities in order of arrival', () => {
    const queue = new PriorityQueue<number>();
    for (let item = 0; item < 100; item++) queue.push(item, 7);
    expect(Array.from({ length: 100 }, () => queue.shift())).to.deep.equal(Array.from({ length: 100 }, (_, i) => i));
  });

  it('takes no notice of a place that was taken or removed before', () => {
    const queue = new PriorityQueue<string>();
    const first = queue.push('first', 1);
    const second = queue.push('second', 0);
    queue.push('third', 0);
    expect(queue.shift()).to.equal('first');
    queue.remove(first);
    queue.remove(second);
    queue.remove(second);
    expect(queue.size).to.equal(1);
    expect(queue.shift()).to.equal('third');
    expect(queue.size).to.equal(0);
  });

  it('keeps its order when most of many leave early', () => {
    const queue = new PriorityQueue<number>();
    const places = Array.from({ length: 1_000 }, (_, item) => queue.push(item, item % 10));
    for (const [item, place] of places.entries()) if (item % 50 !== 0) queue.remove(place);
    const stay = Array.from({ length: 20 }, (_, index) => index * 50);
    expect(queue.size).to.equal(20);
    expect(Array.from({ length: 20 }, () => queue.shift())).to.deep.equal(stay);
  });
});

function takeFirst(model: Entry[]): Entry | undefined {
  let best = 0;
  for (const [index, { priority }] of model.entries()) {
    if (priority > (model[best] as Entry).priority) best = index;
  }
  return model.splice(best, 1)[0];
}
