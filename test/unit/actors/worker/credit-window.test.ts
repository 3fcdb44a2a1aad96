import { expect } from 'chai';
import { type CreditAccount, CreditWindow } from '#lib/actors/worker/credit-window.js';
import { fc } from '../../../support/fast-check.js';
import { collected } from '../../../support/garbage.js';

const ATTEMPT_BYTES = 1_048_576;
const WORKER_BYTES = 4_194_304;
const MODEST_BYTES = 65_536;

interface Reader {
  account: CreditAccount;
  calls: string[];
}

function reader(window: CreditWindow): Reader {
  const calls: string[] = [];
  return {
    calls,
    account: window.open(
      () => calls.push('pause'),
      () => calls.push('resume'),
    ),
  };
}

describe('CreditWindow', () => {
  it('pauses an attempt that has more than a mebibyte under way, and again if it reads on all the same', () => {
    const { account, calls } = reader(new CreditWindow());
    account.charge(ATTEMPT_BYTES);
    expect(calls).to.deep.equal([]);
    account.charge(1);
    account.charge(1);
    expect(calls).to.deep.equal(['pause', 'pause']);
    expect(account.exhausted).to.equal(true);
  });

  it('lets it go on when half of that is paid back', () => {
    const { account, calls } = reader(new CreditWindow());
    account.charge(ATTEMPT_BYTES + 1);
    account.credit(ATTEMPT_BYTES / 2);
    expect(calls).to.deep.equal(['pause']);
    account.credit(1);
    expect(calls).to.deep.equal(['pause', 'resume']);
    expect(account.exhausted).to.equal(false);
  });

  it('lets it go on when it has paid, though the others together still owe a lot', () => {
    const window = new CreditWindow();
    for (let i = 0; i < 2; i++) reader(window).account.charge(ATTEMPT_BYTES);
    const { account, calls } = reader(window);
    account.charge(ATTEMPT_BYTES + 1);
    account.credit(ATTEMPT_BYTES);
    expect(calls).to.deep.equal(['pause', 'resume']);
  });

  it('does not let one attempt hold up another', () => {
    const window = new CreditWindow();
    const [loud, quiet] = [reader(window), reader(window)];
    loud.account.charge(ATTEMPT_BYTES * 2);
    quiet.account.charge(1_000);
    expect(quiet.calls).to.deep.equal([]);
  });

  it('pauses whoever sends more while all attempts together have more than four mebibytes under way', () => {
    const window = new CreditWindow();
    const readers = Array.from({ length: 5 }, () => reader(window));
    for (const { account } of readers.slice(0, 4)) account.charge(ATTEMPT_BYTES);
    expect(readers.flatMap(({ calls }) => calls)).to.deep.equal([]);
    const last = readers[4] as Reader;
    last.account.charge(MODEST_BYTES + 1);
    expect(last.calls).to.deep.equal(['pause']);
  });

  it('does not hold up one that says little while the others have far too much under way', () => {
    const window = new CreditWindow();
    const [loud, quiet] = [reader(window), reader(window)];
    loud.account.charge(WORKER_BYTES * 2);
    quiet.account.charge(MODEST_BYTES);
    expect(quiet.calls).to.deep.equal([]);
  });

  it('lets those paused for the sake of all go on when half is paid back, by whomever', () => {
    const window = new CreditWindow();
    const [loud, paused] = [reader(window), reader(window)];
    loud.account.charge(WORKER_BYTES);
    paused.account.charge(MODEST_BYTES + 1);
    expect(paused.calls).to.deep.equal(['pause']);
    loud.account.credit(WORKER_BYTES / 2);
    expect(paused.calls).to.deep.equal(['pause']);
    loud.account.credit(MODEST_BYTES + 1);
    expect(paused.calls).to.deep.equal(['pause', 'resume']);
    expect(loud.calls).to.deep.equal(['pause']);
  });

  it('counts what is paid back for attempts that have ended', () => {
    const window = new CreditWindow();
    const [ended, paused] = [reader(window), reader(window)];
    ended.account.charge(WORKER_BYTES);
    paused.account.charge(MODEST_BYTES + 1);
    window.creditEnded(WORKER_BYTES);
    expect(paused.calls).to.deep.equal(['pause', 'resume']);
  });

  it('keeps nothing of an attempt that ended while it was paused', async () => {
    const window = new CreditWindow();
    const callbacks = endWhilePaused(window);
    await collected(callbacks);
    window.creditEnded(ATTEMPT_BYTES + 1);
    expect(window.crowdedBy(Number.POSITIVE_INFINITY)).to.equal(false);
  });

  it('lets everyone read again once all is paid back, whatever happened before', () => {
    const steps = fc.array(fc.record({ who: fc.nat(4), bytes: fc.nat(4_000_000), pay: fc.boolean() }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (taken) => {
        const window = new CreditWindow();
        const readers = Array.from({ length: 5 }, () => ({ ...reader(window), debt: 0 }));
        for (const { who, bytes, pay } of taken) {
          const one = readers[who] as (typeof readers)[number];
          const amount = pay ? Math.min(bytes, one.debt) : bytes;
          one.debt += pay ? -amount : amount;
          if (pay) one.account.credit(amount);
          else one.account.charge(amount);
        }
        for (const { account, debt } of readers) account.credit(debt);
        for (const { account, calls } of readers) {
          expect(account.exhausted).to.equal(false);
          const changes = calls.filter((call, index) => call !== calls[index - 1]);
          expect(changes).to.deep.equal(changes.map((_, index) => (index % 2 === 0 ? 'pause' : 'resume')));
          expect(changes.at(-1)).to.not.equal('pause');
        }
        expect(window.crowdedBy(Number.POSITIVE_INFINITY)).to.equal(false);
      }),
    );
  });
});

/** In a function of its own, so that no variable of the test holds what the attempt was. */
function endWhilePaused(window: CreditWindow): WeakRef<object> {
  const resume = () => {};
  const account = window.open(() => {}, resume);
  account.charge(ATTEMPT_BYTES + 1);
  account.close();
  return new WeakRef(resume);
}
