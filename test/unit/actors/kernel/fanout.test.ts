import { expect } from 'chai';
import { config as rxjs, take } from 'rxjs';
import { Fanout } from '#lib/actors/kernel/fanout.js';

describe('Fanout', () => {
  afterEach(() => {
    rxjs.onUnhandledError = null;
  });

  it('tells everyone who is subscribed, in order of their coming', () => {
    const fanout = new Fanout<number>();
    const seen: string[] = [];
    const first = fanout.values$.subscribe((value) => seen.push(`first ${value}`));
    fanout.next(1);
    fanout.values$.subscribe((value) => seen.push(`second ${value}`));
    fanout.next(2);
    first.unsubscribe();
    fanout.next(3);
    expect(seen).to.deep.equal(['first 1', 'first 2', 'second 2', 'second 3']);
  });

  it('knows whether someone listens, and says when that may have changed', () => {
    const told: boolean[] = [];
    const fanout: Fanout<number> = new Fanout(() => told.push(fanout.observed));
    const one = fanout.values$.subscribe();
    const two = fanout.values$.pipe(take(1)).subscribe();
    fanout.next(1);
    expect(two.closed).to.equal(true);
    one.unsubscribe();
    expect(told).to.deep.equal([true, true, true, false]);
  });

  it('gives whoever comes or goes in the middle of a value a clean start and end', () => {
    const fanout = new Fanout<number>();
    const seen: string[] = [];
    const leaver = fanout.values$.subscribe((value) => {
      seen.push(`leaver ${value}`);
      leaver.unsubscribe();
      victim.unsubscribe();
      fanout.values$.subscribe((later) => seen.push(`newcomer ${later}`));
    });
    const victim = fanout.values$.subscribe((value) => seen.push(`victim ${value}`));
    fanout.next(1);
    fanout.next(2);
    expect(seen).to.deep.equal(['leaver 1', 'newcomer 2']);
  });

  it('replays first, and leaves alone who had enough of that', () => {
    let interest = 0;
    const past = [1, 2];
    const fanout = new Fanout<number>(() => interest++, past);
    const seen: number[] = [];
    fanout.values$.pipe(take(2)).subscribe((value) => seen.push(value));
    expect(fanout.observed).to.equal(false);
    expect(interest).to.equal(0);
    fanout.values$.subscribe((value) => seen.push(value));
    fanout.next(3);
    expect(seen).to.deep.equal([1, 2, 1, 2, 3]);
  });

  it('completes those who are there and those who come later, and is quiet about their leaving', () => {
    let interest = 0;
    const fanout = new Fanout<number>(() => interest++, [7]);
    const seen: string[] = [];
    const observer = (name: string) => ({
      next: (value: number) => seen.push(`${name} ${value}`),
      complete: () => seen.push(`${name} complete`),
    });
    fanout.values$.subscribe(observer('early'));
    fanout.complete();
    fanout.values$.subscribe(observer('late'));
    expect(seen).to.deep.equal(['early 7', 'early complete', 'late 7', 'late complete']);
    expect(interest).to.equal(1);
  });

  it('lets no subscriber that throws disturb another, or whoever tells', async () => {
    const unhandled: unknown[] = [];
    rxjs.onUnhandledError = (error) => unhandled.push(error);
    const fanout = new Fanout<number>();
    const seen: number[] = [];
    fanout.values$.subscribe(() => {
      throw new Error('no');
    });
    fanout.values$.subscribe((value) => seen.push(value));
    fanout.next(1);
    fanout.next(2);
    expect(seen).to.deep.equal([1, 2]);
    await new Promise((resolve) => setTimeout(resolve)); // RxJS reports in a timer
    expect(unhandled.map((error) => (error as Error).message)).to.deep.equal(['no', 'no']);
  });
});
