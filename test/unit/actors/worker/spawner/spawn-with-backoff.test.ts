import { expect } from 'chai';
import { spawnWithBackoff } from '#lib/actors/worker/spawner/spawn-with-backoff.js';
import type { SpawnAnswer, Spawner, SpawnSpec } from '#lib/actors/worker/spawner/spawner.js';

const spec: SpawnSpec = { program: 'tool', args: [], env: {}, inheritEnv: false, cwd: null, pipeInput: false };
const short: SpawnAnswer = { type: 'refused', message: 'out of processes', transient: true };
const missing: SpawnAnswer = { type: 'refused', message: 'no such program', transient: false };
const spawned = { type: 'spawned', process: { pid: 7 } } as SpawnAnswer;

/** Gives these answers, the last one for ever, and counts how often it was asked. */
function spawnerAnswering(...answers: SpawnAnswer[]): Spawner & { asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    spawn: async () => answers[Math.min(asked.push(performance.now()), answers.length) - 1] as SpawnAnswer,
    stop: async () => {},
  };
}

describe('spawnWithBackoff', () => {
  it('asks once when the process starts', async () => {
    const spawner = spawnerAnswering(spawned);
    expect(await spawnWithBackoff(spawner, spec, () => false)).to.equal(spawned);
    expect(spawner.asked).to.have.lengthOf(1);
  });

  it('asks once when the refusal is for good', async () => {
    const spawner = spawnerAnswering(missing, spawned);
    expect(await spawnWithBackoff(spawner, spec, () => false)).to.equal(missing);
    expect(spawner.asked).to.have.lengthOf(1);
  });

  it('asks again after longer and longer pauses while the system is short of something', async () => {
    const spawner = spawnerAnswering(short, short, short, spawned);
    expect(await spawnWithBackoff(spawner, spec, () => false)).to.equal(spawned);
    const [first = 0, second = 0, third = 0, fourth = 0] = spawner.asked;
    expect(spawner.asked).to.have.lengthOf(4);
    expect(second - first).to.be.at.least(9);
    expect(third - second).to.be.at.least(19);
    expect(fourth - third).to.be.at.least(39);
  });

  it('stops asking when the refusal after a shortage is for good', async () => {
    const spawner = spawnerAnswering(short, missing);
    expect(await spawnWithBackoff(spawner, spec, () => false)).to.equal(missing);
  });

  it('does not ask again when nobody wants the process any more', async () => {
    const spawner = spawnerAnswering(short, spawned);
    expect(await spawnWithBackoff(spawner, spec, () => true)).to.equal(short);
    expect(spawner.asked).to.have.lengthOf(1);
  });

  it('does not ask again when it is abandoned during the pause', async () => {
    const spawner = spawnerAnswering(short, spawned);
    let questions = 0;
    expect(await spawnWithBackoff(spawner, spec, () => ++questions > 1)).to.equal(short);
    expect(spawner.asked).to.have.lengthOf(1);
  });

  it('gives up after five seconds', async () => {
    const spawner = spawnerAnswering(short);
    const patient = Object.getOwnPropertyDescriptor(performance, 'now');
    let elapsedMs = 0;
    performance.now = () => elapsedMs;
    try {
      const answer = spawnWithBackoff(spawner, spec, () => {
        elapsedMs += 1_000;
        return false;
      });
      expect(await answer).to.equal(short);
    } finally {
      if (patient) Object.defineProperty(performance, 'now', patient);
      else Reflect.deleteProperty(performance, 'now');
    }
    // It asks twice a round whether it is abandoned, so a round takes two of these seconds.
    expect(spawner.asked).to.deep.equal([0, 2_000, 4_000, 6_000]);
  });
});
