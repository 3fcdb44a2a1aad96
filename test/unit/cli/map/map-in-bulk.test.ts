import { expect } from 'chai';
import type { ExecutionEngine, ExecutionResult } from 'execrx';
import { Subject } from 'rxjs';
import { deferred } from '#lib/actors/kernel/deferred.js';
import type { ItemsEnd } from '#lib/actors/protocol/wire.js';
import { mapInBulk } from '#lib/cli/map/map-in-bulk.js';
import { parseTemplate } from '#lib/cli/map/template.js';
import { type ItemOutcome, problemOf } from '#lib/cli/map/view.js';
import { nextTurn } from '../../../support/eventually.js';
import { resultWith } from '../../../support/protocol.js';

const BLOCK = Array.from({ length: 100 }, (_, index) => `${index}`);

/** A batch that takes everything at once, and ends what it is told to. */
describe('mapInBulk', () => {
  let added: string[];
  let ends$: Subject<ItemsEnd>;
  let result: ReturnType<typeof deferred<ExecutionResult>>;
  let told: ItemOutcome[];
  let stopped: boolean;

  beforeEach(() => {
    [added, told, stopped] = [[], [], false];
    ends$ = new Subject();
    result = deferred();
  });

  function map(keepOrder: boolean, blocks: Parameters<typeof mapInBulk>[1] = [BLOCK]) {
    const batch = {
      ends$,
      result: result.promise,
      add: async (items: string[]) => void added.push(...items),
      end() {},
    };
    const engine = { executeBatch: () => batch } as unknown as ExecutionEngine;
    const template = parseTemplate('echo', false);
    const settings = { template, jobs: 2, timeoutMs: undefined, window: 10, keepOrder, stopped: () => stopped };
    return mapInBulk(engine, blocks, settings, { ended: (outcome) => told.push(outcome) });
  }

  async function turns(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) await nextTurn();
  }

  it('with --keep-order begins no more than may wait to be told of, and goes on as they are', async () => {
    const mapped = map(true);
    await turns();
    expect(added).to.have.lengthOf(10);
    ends$.next({ silent: [1, 2, 3], ends: [] }); // all wait for the first
    await turns();
    expect(added).to.have.lengthOf(10);
    ends$.next({ silent: [0], ends: [] });
    await turns();
    expect(added).to.have.lengthOf(14);
    for (let index = 4; index < 100; index++) {
      ends$.next({ silent: [index], ends: [] });
      await nextTurn();
    }
    result.resolve(resultWith());
    expect(await mapped).to.deep.equal({ done: 100, failed: 0 });
  });

  it('waits for no room that will never be', async () => {
    const mapped = map(true);
    await turns();
    stopped = true;
    result.resolve(resultWith({ status: 'cancelled', error: { code: 'CANCELLED', message: 'x' } }));
    expect(await mapped).to.deep.equal({ done: 0, failed: 0 });
  });

  it('without --keep-order leaves it to the batch how many it takes', async () => {
    const mapped = map(false);
    await turns();
    expect(added).to.deep.equal(BLOCK);
    const error = { code: 'EXIT_NON_ZERO', message: 'no' } as const;
    const ends = [{ index: 7, item: '7', error, stdout: 'x', stderr: '', droppedBytes: 0 }];
    ends$.next({ silent: BLOCK.map(Number).filter((index) => index !== 7), ends });
    result.resolve(resultWith({ status: 'failed', error: { code: 'EXIT_NON_ZERO', message: '1 of 100 failed' } }));
    expect(await mapped).to.deep.equal({ done: 100, failed: 1 });
    expect(told).to.have.lengthOf(100);
  });

  it('says why, and counts as failed, where nothing will be told any more', async () => {
    const mapped = map(false);
    await turns();
    ends$.next({ silent: [0, 1], ends: [] });
    result.resolve(resultWith({ status: 'failed', error: { code: 'WORKER_LOST', message: 'lost' } }));
    expect(await mapped).to.deep.equal({ done: 100, failed: 98, trouble: 'lost' });
  });

  it('tells also of those that wait for one of which nothing will be told', async () => {
    const mapped = map(true, [['a', 'b', 'c', 'd']]);
    await turns();
    ends$.next({ silent: [3, 1], ends: [] });
    result.resolve(resultWith({ status: 'failed', error: { code: 'WORKER_LOST', message: 'lost' } }));
    expect(await mapped).to.deep.equal({ done: 4, failed: 2, trouble: 'lost' });
    expect(told).to.have.lengthOf(2);
  });

  it('takes nothing for well of which nothing was told', async () => {
    const mapped = map(false, [['a', 'b']]);
    await turns();
    ends$.next({ silent: [0], ends: [] });
    result.resolve(resultWith());
    expect(await mapped).to.include({ done: 2, failed: 1 });
  });

  it('counts an item as failed whose output is not whole', async () => {
    const mapped = map(false, [['a']]);
    await turns();
    const ends = [{ index: 0, item: 'a', error: null, stdout: '', stderr: '', droppedBytes: 7 }];
    ends$.next({ silent: [], ends });
    result.resolve(resultWith());
    expect(await mapped).to.deep.equal({ done: 1, failed: 1 });
    expect(told.map(problemOf).join()).to.include('7 bytes of its output are lost');
  });

  it('tells of what cannot be an argument in its place', async () => {
    const bad = { excerpt: 'bad', problem: 'is bad' };
    const mapped = map(true, [['a', bad, 'n\0l', 'b']]);
    await turns();
    ends$.next({ silent: [1, 0], ends: [] });
    result.resolve(resultWith());
    expect(await mapped).to.deep.equal({ done: 4, failed: 2 });
    expect(told.map((outcome) => ('problem' in outcome ? outcome.item : ''))).to.deep.equal(['', 'bad', 'n\0l', '']);
  });
});
