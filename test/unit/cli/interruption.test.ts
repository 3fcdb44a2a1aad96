import { expect } from 'chai';
import { Interruption } from '#lib/cli/interruption.js';

function watched() {
  const exits: number[] = [];
  let begun = 0;
  const interruption = new Interruption((code) => exits.push(code));
  interruption.onBegin(() => begun++);
  return { interruption, exits, begun: () => begun };
}

const lost = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });

describe('an interruption', () => {
  it('begins with the first signal and ends the process with the second', () => {
    const { interruption, exits, begun } = watched();
    interruption.signalled('SIGINT');
    expect({ begun: begun(), exits }).to.deep.equal({ begun: 1, exits: [] });
    interruption.signalled('SIGINT');
    expect({ begun: begun(), exits }).to.deep.equal({ begun: 1, exits: [130] });
  });

  it('tells whoever asks later, too', () => {
    const { interruption } = watched();
    interruption.signalled('SIGTERM');
    let told = false;
    interruption.onBegin(() => {
      told = true;
    });
    expect(told).to.equal(true);
  });

  it('ends with 130 for SIGINT and 143 for SIGTERM, completed or not; the first cause stays', () => {
    const { interruption } = watched();
    interruption.signalled('SIGINT');
    interruption.outputLost(lost);
    expect(interruption.exitCode(true)).to.equal(130);
    const other = watched().interruption;
    other.signalled('SIGTERM');
    expect(other.exitCode(false)).to.equal(143);
  });

  it('begins, once, when the output is lost; a signal after that ends the process', () => {
    const { interruption, exits, begun } = watched();
    interruption.outputLost(lost);
    interruption.outputLost(lost);
    expect({ begun: begun(), code: interruption.exitCode(true) }).to.deep.equal({ begun: 1, code: 1 });
    interruption.signalled('SIGINT');
    expect(exits).to.deep.equal([130]);
  });

  it('that did not come leaves 0 for completed and 1 for the rest', () => {
    const { interruption } = watched();
    expect([interruption.exitCode(true), interruption.exitCode(false)]).to.deep.equal([0, 1]);
  });
});
