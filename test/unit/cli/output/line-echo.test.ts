import { expect } from 'chai';
import { LineEcho } from '#lib/cli/output/line-echo.js';
import { eventually } from '../../../support/eventually.js';

function echoing() {
  let text = '';
  const echo = new LineEcho({
    write: (part) => {
      text += part;
    },
  });
  return { echo, text: () => text };
}

describe('the echo of a stream', () => {
  it('ends the last line only where the process did', () => {
    for (const [whole, expected] of [
      [true, 'one\n\ntwo\n'],
      [false, 'one\n\ntwo'],
    ] as const) {
      const { echo, text } = echoing();
      for (const line of ['one', '', 'two']) echo.write(line, false);
      echo.end(whole);
      expect(text()).to.equal(expected);
    }
  });

  it('puts the pieces of a long line together', () => {
    const { echo, text } = echoing();
    echo.write('a long', true);
    echo.write(' line', false);
    echo.write('next', false);
    echo.end(true);
    expect(text()).to.equal('a long line\nnext\n');
  });

  it('does not keep the end of a line from a reader who waits for it', async () => {
    const { echo, text } = echoing();
    echo.write('prompt', false);
    expect(text()).to.equal('prompt');
    await eventually('the line ends', () => text() === 'prompt\n');
    echo.end(true);
    expect(text()).to.equal('prompt\n');
  });

  it('writes nothing for a process that wrote nothing', () => {
    const { echo, text } = echoing();
    echo.end(false);
    expect(text()).to.equal('');
  });

  it('counts the bytes it has written', () => {
    const { echo } = echoing();
    echo.write('漢', false);
    echo.write('a', false);
    expect(echo.bytes).to.equal(5);
    echo.end(false);
  });
});
