import { expect } from 'chai';
import { Series } from '#lib/actors/launcher/series.js';
import type { SeriesRun } from '#lib/actors/protocol/launcher-wire.js';
import { idInSeries } from '#lib/actors/protocol/series-ids.js';

const END = { pid: 7, exitCode: 0, signal: 0, userMs: 0, systemMs: 0, maxRssBytes: 0 };
const SILENCE = { stdout: '', stderr: '' };

const seriesOf = (places: number) =>
  new Series({ type: 'series', id: 3, program: 'echo', env: { A: 'b' }, inheritEnv: true, cwd: '/', places });
const run = (index: number, fields: Partial<Exclude<SeriesRun, number>> = {}) => ({
  index,
  end: END,
  groupRemains: false,
  output: SILENCE,
  ...fields,
});

describe('Series', () => {
  it('gives its commands in order, as many as there are places', () => {
    const series = seriesOf(2);
    series.add([['a'], ['b', 'c']]);
    series.add([]);
    series.add([[]]);
    const first = { type: 'spawn', program: 'echo', env: { A: 'b' }, inheritEnv: true, cwd: '/', pipeInput: false };
    expect(series.next()).to.deep.equal({ ...first, id: idInSeries(3, 0), args: ['a'] });
    expect(series.next()).to.deep.equal({ ...first, id: idInSeries(3, 1), args: ['b', 'c'] });
    expect(series.next()).to.equal(null);
    expect(series.exhausted).to.equal(false);
    series.leave(1);
    expect(series.next()).to.deep.equal({ ...first, id: idInSeries(3, 2), args: [] });
    expect(series.exhausted).to.equal(true);
    series.leave(2);
    expect(series.next()).to.equal(null);
  });

  it('has a place free once a command has run', () => {
    const series = seriesOf(1);
    series.add([['a'], ['b']]);
    series.next();
    expect(series.next()).to.equal(null);
    series.ran(run(0));
    expect(series.next()?.args).to.deep.equal(['b']);
  });

  it('tells of a silent success by its index, and all there is of anything else', () => {
    const series = seriesOf(9);
    const others = [
      run(1, { end: { ...END, exitCode: 1 } }),
      run(2, { end: { ...END, signal: 9 } }),
      run(3, { groupRemains: true }),
      run(4, { output: { stdout: 'x', stderr: '' } }),
      run(5, { output: { stdout: '', stderr: 'x' } }),
    ];
    for (const each of [run(0), ...others]) series.ran(each);
    expect(series.takeRuns()).to.deep.equal({ type: 'runs', series: 3, runs: [0, ...others] });
    expect(series.takeRuns()).to.equal(null);
  });

  it('wants runs to be told of when nothing waits, when there are 96, or when there is much output', () => {
    const series = seriesOf(1);
    expect(series.ran(run(0))).to.equal(true);
    series.takeRuns();
    series.add([['waits'], ['waits']]);
    for (let index = 1; index < 96; index++) expect(series.ran(run(index))).to.equal(false);
    expect(series.ran(run(96))).to.equal(true);
    series.takeRuns();
    expect(series.ran(run(97, { output: { stdout: 'x'.repeat(65_535), stderr: '' } }))).to.equal(false);
    expect(series.ran(run(98, { output: { stdout: '', stderr: 'x' } }))).to.equal(true);
    series.takeRuns();
    expect(series.ran(run(99))).to.equal(false);
  });

  it('begins nothing more once it is halted, and says how many it has begun', () => {
    const series = seriesOf(5);
    series.add([['a'], ['b'], ['c']]);
    series.next();
    series.next();
    expect(series.halt()).to.deep.equal({ type: 'halted', series: 3, begun: 2 });
    expect(series.next()).to.equal(null);
  });
});
