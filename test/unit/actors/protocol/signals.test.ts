import { expect } from 'chai';
import { signalName } from '#lib/actors/protocol/signals.js';

describe('signalName', () => {
  it('is the name Node uses', () => {
    expect([1, 2, 6, 9, 15].map(signalName)).to.deep.equal(['SIGHUP', 'SIGINT', 'SIGABRT', 'SIGKILL', 'SIGTERM']);
  });

  it('is null for no signal', () => expect(signalName(0)).to.equal(null));

  it('is never null for a signal, though it has no name', () => expect(signalName(40)).to.equal('SIGUNUSED'));
});
