import { expect } from 'chai';
import { coloursOf } from '#lib/cli/text/colours.js';
import { widthOf } from '#lib/cli/text/width.js';
import { frame } from '#lib/cli/view/frame.js';
import { glyphsFor } from '#lib/cli/view/glyphs.js';
import { startProgress } from '#lib/cli/view/progress.js';
import { fc } from '../../../support/fast-check.js';

const plain = { colours: coloursOf(false), glyphs: glyphsFor({}) };
const coloured = { colours: coloursOf(true), glyphs: glyphsFor({ LANG: 'C.UTF-8' }) };

function running(
  total: number | null,
  ...commands: Array<{ label: string; since?: number; line?: string; waits?: boolean }>
) {
  const progress = startProgress(0, total);
  for (const [index, { label, since = 0, line, waits = false }] of commands.entries()) {
    const tail = line === undefined ? [] : [line];
    progress.running.set(String(index), { label, startedAt: since, waitsForRetry: waits, tail });
  }
  return progress;
}

describe('a frame', () => {
  it('has a row for each running command and one for the whole', () => {
    const progress = running(4, { label: 'build', line: 'compiling' }, { label: 'lint', since: 60_000 });
    progress.done = 2;
    progress.failed = 1;
    expect(frame(progress, plain, 60, 24, 65_000)).to.deep.equal([
      '| build 1:05  compiling',
      '| lint  0:05  ',
      `${'#'.repeat(14)}${'.'.repeat(14)} 2/4, 1 failed, 1:05, --:-- left`,
    ]);
  });

  it('says about how long the rest takes once there is ground for it', () => {
    const progress = running(10, { label: 'a', since: 5_000 });
    progress.done = 5;
    Object.assign(progress.durations, { count: 5, sumMs: 5_000, longestMs: 1_000 });
    expect(frame(progress, plain, 80, 24, 5_000).at(-1)).to.include('5/10, 0:05, about 0:05 left');
    expect(frame(progress, plain, 80, 24, 5_900).at(-1)).to.include('5/10, 0:05, about 0:05 left');
    expect(frame(progress, plain, 80, 24, 6_000).at(-1)).to.include('5/10, 0:06, --:-- left');
  });

  it('has no bar where nobody knows how many there will be', () => {
    const progress = running(null);
    progress.done = 7;
    expect(frame(progress, plain, 80, 24, 1_000)).to.deep.equal(['7 done, 0:01']);
  });

  it('says when a command waits to be tried again', () => {
    expect(frame(running(1, { label: 'a', waits: true, line: 'x' }), plain, 80, 24, 0)[0]).to.equal(
      '~ a 0:00  will be tried again',
    );
  });

  it('lets no line of a command move the cursor or clear the screen', () => {
    const rows = frame(running(1, { label: 'a', line: '\x1b[2J\x1b[5A\tat\x07 last\r' }), plain, 80, 24, 0);
    expect(rows[0]).to.equal('- a 0:00   at last');
  });

  it('is no higher than the terminal: three rows are left, and the last one says how many are hidden', () => {
    const commands = Array.from({ length: 9 }, (_, index) => ({ label: `c${index}` }));
    const rows = frame(running(9, ...commands), plain, 40, 8, 0);
    expect(rows.slice(0, -1)).to.deep.equal(['- c0 0:00  ', '- c1 0:00  ', '- c2 0:00  ', '- c3 0:00  ', 'and 5 more']);
  });

  it('says what the first Ctrl-C did and what a second would', () => {
    const progress = running(1, { label: 'a' });
    progress.interrupted = true;
    expect(frame(progress, plain, 80, 24, 0).at(-1)).to.include('Ctrl-C again kills');
  });

  it('counts what was cancelled apart from what failed', () => {
    const progress = running(4);
    Object.assign(progress, { done: 3, failed: 1, cancelled: 2 });
    expect(frame(progress, plain, 40, 24, 0).at(-1)).to.include('3/4, 1 failed, 2 cancelled, 0:00');
  });

  it('drops what matters less where it is narrow', () => {
    const progress = running(4);
    progress.failed = 1;
    expect(frame(progress, plain, 20, 24, 0)).to.deep.equal(['0/4, 1 failed, 0:00']);
    expect(frame(progress, plain, 8, 24, 0)).to.deep.equal(['0/4']);
    expect(frame(progress, plain, 2, 24, 0)).to.deep.equal(['0…']);
  });

  it('is never wider or higher than asked, whatever it shows', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '漢', '😀', ' ', '\x1b[31m', '\r', '\t', 'é'), maxLength: 60 });
    const command = fc.record({
      label: text.map((label) => label.replace(/[\p{Cc}]|\[31m/gu, '')),
      line: text,
      waits: fc.boolean(),
    });
    const commands = fc.array(command, { maxLength: 12 });
    const [width, height] = [fc.integer({ min: 0, max: 60 }), fc.integer({ min: 3, max: 14 })];
    const count = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(commands, width, height, count, count, fc.boolean(), (shown, columns, rows, total, done, cut) => {
        const progress = running(total, ...shown);
        progress.done = Math.min(done, total);
        progress.interrupted = cut;
        const drawn = frame(progress, coloured, columns, rows, 1_234);
        expect(drawn.length).to.be.at.most(rows - 1);
        for (const row of drawn) expect(widthOf(row)).to.be.at.most(columns);
      }),
    );
  });
});
