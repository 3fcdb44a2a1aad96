import { expect } from 'chai';
import { Gate } from '#lib/cli/map/gate.js';
import { nextTurn } from '../../../support/eventually.js';

async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false;
  promise.then(() => {
    settled = true;
  });
  await nextTurn();
  return settled;
}

describe('Gate', () => {
  it('has room until its limit is reached, and again when one leaves', async () => {
    const gate = new Gate(2);
    gate.enter();
    expect(gate.full).to.equal(false);
    gate.enter();
    expect(gate.full).to.equal(true);
    const room = gate.room();
    expect(await isSettled(room)).to.equal(false);
    gate.leave();
    expect(await isSettled(room)).to.equal(true);
  });

  it('is empty when all have left, and before any came', async () => {
    const gate = new Gate(2);
    expect(await isSettled(gate.empty())).to.equal(true);
    gate.enter();
    gate.enter();
    const empty = gate.empty();
    gate.leave();
    expect(await isSettled(empty)).to.equal(false);
    gate.leave();
    expect(await isSettled(empty)).to.equal(true);
  });
});
