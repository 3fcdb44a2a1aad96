import { expect } from 'chai';
import type { LauncherRequest } from '#lib/actors/protocol/launcher-wire.js';
import { idInSeries } from '#lib/actors/protocol/series-ids.js';
import { SeriesDesk } from '#lib/actors/worker/spawner/launcher-series.js';

const SPEC = { program: 'true', env: {}, inheritEnv: true, cwd: null };
const END = { pid: 2 ** 30, exitCode: 3, signal: 0, userMs: 1, systemMs: 2, maxRssBytes: 3 };

describe('SeriesDesk', () => {
  let sent: LauncherRequest[];
  let heard: unknown[];
  let desk: SeriesDesk;

  beforeEach(() => {
    sent = [];
    heard = [];
    desk = new SeriesDesk((request) => sent.push(request));
  });

  function open() {
    return desk.open(SPEC, 2, {
      onRan: (index, run) => heard.push(['ran', index, run?.exit.exitCode ?? null, run?.stdout]),
      onAnswer: (index, answer) => heard.push(['answer', index, answer.type]),
      onHalted: (begun) => heard.push(['halted', begun]),
      onLost: (message) => heard.push(['lost', message]),
    });
  }

  it('sends what is asked of it, and waits for the answers that come at once', () => {
    const series = open();
    expect(sent).to.deep.equal([{ type: 'series', id: 1, places: 2, ...SPEC }]);
    expect(desk.waits).to.equal(false);
    series.add([['a'], ['b']]);
    series.add([['c']]);
    expect(sent.slice(1)).to.deep.equal([
      { type: 'more', series: 1, args: [['a'], ['b']] },
      { type: 'more', series: 1, args: [['c']] },
    ]);
    desk.taken();
    expect(desk.waits).to.equal(true);
    desk.taken();
    expect(desk.waits).to.equal(false);
    series.resume();
    expect(sent.at(-1)).to.deep.equal({ type: 'resume', series: 1, places: 1 });
    expect(desk.waits).to.equal(false);
    series.halt();
    expect(sent.at(-1)).to.deep.equal({ type: 'halt', series: 1 });
    expect(desk.waits).to.equal(true);
    desk.halted({ type: 'halted', series: 1, begun: 3 });
    expect(desk.waits).to.equal(false);
    expect(heard).to.deep.equal([['halted', 3]]);
  });

  it('tells each series of its own commands', () => {
    open();
    open();
    const output = { stdout: 'x', stderr: '' };
    desk.ran({ type: 'runs', series: 2, runs: [7, { index: 8, end: END, groupRemains: false, output }] });
    expect(heard).to.deep.equal([
      ['ran', 7, null, undefined],
      ['ran', 8, 3, 'x'],
    ]);
    desk.partOf(idInSeries(1, 4))?.answer({ type: 'refused', message: '', transient: false });
    expect(heard.at(-1)).to.deep.equal(['answer', 4, 'refused']);
    expect(desk.partOf(12)).to.equal(null);
    expect(desk.partOf(idInSeries(3, 0))).to.equal(null);
  });

  it('sends much in several messages, none of which is too long', () => {
    const series = open();
    const sizes = [10, 600_000, 600_000, 1, 2_000_000, 5];
    series.add(sizes.map((size) => ['-', 'x'.repeat(size)]));
    const lengths = sent.flatMap((request) =>
      request.type === 'more' ? [request.args.map(([, text]) => text?.length)] : [],
    );
    expect(lengths).to.deep.equal([[10, 600_000], [600_000, 1], [2_000_000], [5]]);
    for (let answers = 0; answers < 4; answers++) desk.taken();
    expect(desk.waits).to.equal(false);
  });

  it('lets go of all with the launcher: they send nothing more, and it waits for nothing', () => {
    const series = open();
    series.add([['a']]);
    desk.lost('gone');
    expect(heard).to.deep.equal([['lost', 'gone']]);
    expect(desk.waits).to.equal(false);
    const before = sent.length;
    series.add([['b']]);
    series.resume();
    series.halt();
    expect(sent).to.have.lengthOf(before);
    expect(desk.waits).to.equal(false);
  });
});
