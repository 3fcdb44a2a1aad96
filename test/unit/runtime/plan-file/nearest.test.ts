import { expect } from 'chai';
import { nearest } from '#dist/runtime/plan-file/nearest.js';

const FIELDS = ['name', 'run', 'env', 'timeout_ms', 'idle_timeout_ms', 'working_dir', 'depends_on'];

describe('nearest', () => {
  for (const [word, meant] of [
    ['nmae', 'name'],
    ['evn', 'env'],
    ['timeout-ms', 'timeout_ms'],
    ['timeoutMs', 'timeout_ms'],
    ['timout_ms', 'timeout_ms'],
    ['workingDirectory', null],
    ['dependson', 'depends_on'],
    ['dependencies', null],
    ['envs', 'env'],
    ['x', null],
    ['', null],
    ['commands', null],
  ] as const) {
    it(`takes '${word}' for ${meant}`, () => {
      expect(nearest(word, FIELDS)).to.equal(meant);
    });
  }

  it('takes the nearest of several, and the first of those', () => {
    expect(nearest('builds', ['build_all', 'guilds', 'build'])).to.equal('guilds');
    expect(nearest('timeout_m', ['idle_timeout_ms', 'timeout_ms', 'timeout_min'])).to.equal('timeout_ms');
  });
});
