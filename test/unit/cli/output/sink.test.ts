import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Sink } from '#lib/cli/output/sink.js';
import { nextTurn } from '../../../support/eventually.js';
import { useTemporaryDirectory } from '../../../support/temporary-directory.js';

describe('a sink', () => {
  const path = useTemporaryDirectory();
  const fail = (error: Error) => {
    throw error;
  };

  it('writes what comes in one turn in one go, at its end', async () => {
    const fd = openSync(path('file'), 'w');
    const sink = new Sink(fd, fail);
    sink.write('one ');
    sink.write('two 漢');
    expect(readFileSync(path('file'), 'utf8')).to.equal('');
    await nextTurn();
    expect(readFileSync(path('file'), 'utf8')).to.equal('one two 漢');
    closeSync(fd);
  });

  it('does not wait for the end of the turn when there is much', () => {
    const fd = openSync(path('file'), 'w');
    new Sink(fd, fail).write('x'.repeat(70_000));
    expect(readFileSync(path('file'), 'utf8')).to.have.length(70_000);
    closeSync(fd);
  });

  it('writes bytes as they are, after the text before them', () => {
    const fd = openSync(path('file'), 'w');
    const sink = new Sink(fd, fail);
    sink.write('text');
    sink.writeBytes(Uint8Array.of(0xff, 0));
    expect([...readFileSync(path('file'))]).to.deep.equal([...Buffer.from('text'), 0xff, 0]);
    closeSync(fd);
  });

  it('says once that it is lost, and swallows the rest', () => {
    const fd = openSync('/dev/full', constants.O_WRONLY);
    const losses: string[] = [];
    const sink = new Sink(fd, ({ message }) => losses.push(message));
    for (let count = 0; count < 2; count++) {
      sink.write('text');
      sink.flush();
    }
    expect(losses).to.have.length(1);
    expect(losses[0]).to.include('ENOSPC');
    closeSync(fd);
  });
});
