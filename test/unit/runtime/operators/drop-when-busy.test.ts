import { expect } from 'chai';
import { NEVER, of, Subject } from 'rxjs';
import { dropWhenBusy } from '#lib/runtime/operators/drop-when-busy.js';

function make() {
  const source = new Subject<number>();
  const works: Array<{ value: number; dropped: number; work: Subject<string> }> = [];
  const ends: number[] = [];
  const working$ = source.pipe(
    dropWhenBusy(
      (value, dropped) => {
        const work = new Subject<string>();
        works.push({ value, dropped, work });
        return work;
      },
      (droppedInAll) => ends.push(droppedInAll),
    ),
  );
  return { source, works, ends, working$ };
}

describe('dropWhenBusy', () => {
  it('drops what comes while it works, and tells the next work how much that was', () => {
    const { source, works, ends, working$ } = make();
    const seen: string[] = [];
    working$.subscribe((value) => seen.push(value));
    for (const value of [1, 2, 3]) source.next(value);
    works[0]?.work.next('one');
    works[0]?.work.complete();
    source.next(4);
    works[1]?.work.complete();
    source.next(5);
    expect(works.map(({ value, dropped }) => [value, dropped])).to.deep.equal([
      [1, 0],
      [4, 2],
      [5, 0],
    ]);
    expect(seen).to.deep.equal(['one']);
    expect(ends).to.deep.equal([]);
  });

  it('completes when the source has and the last work is done, and tells how much was dropped in all', () => {
    const { source, works, ends, working$ } = make();
    const seen: string[] = [];
    working$.subscribe({ next: (value) => seen.push(value), complete: () => seen.push('complete') });
    for (const value of [1, 2, 3]) source.next(value);
    source.complete();
    expect([seen, ends]).to.deep.equal([[], []]);
    works[0]?.work.next('late');
    works[0]?.work.complete();
    expect([seen, ends]).to.deep.equal([['late', 'complete'], [2]]);
  });

  it('counts for each subscriber by itself', () => {
    const { source, works, ends, working$ } = make();
    const first = working$.subscribe();
    source.next(1);
    const second = working$.subscribe();
    source.next(2);
    source.next(3);
    first.unsubscribe();
    second.unsubscribe();
    expect(works.map(({ value }) => value)).to.deep.equal([1, 2]);
    expect(ends).to.deep.equal([2, 1]);
  });

  it('passes on what work throws or fails with, and what the source fails with', () => {
    const source = new Subject<number>();
    const errors: string[] = [];
    const error = ({ message }: Error) => errors.push(message);
    const throwing = () => {
      throw new Error('thrown');
    };
    source.pipe(dropWhenBusy(throwing)).subscribe({ error });
    source.pipe(dropWhenBusy(() => NEVER)).subscribe({ error });
    source.next(1);
    source.error(new Error('source'));
    expect(errors).to.deep.equal(['thrown', 'source']);
  });

  it('drops nothing where the work is done at once', () => {
    const seen: number[] = [];
    of(1, 2, 3)
      .pipe(dropWhenBusy((value) => of(value)))
      .subscribe((value) => seen.push(value));
    expect(seen).to.deep.equal([1, 2, 3]);
  });
});
