import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { createSlotMemory, ProcessSlotReader, ProcessSlotWriter } from '#lib/actors/process/process-slots.js';

describe('process slots', () => {
  it('show a group from the moment it is recorded until it is released', () => {
    const { writer, reader } = pair(4);
    const slots = [101, 102, 103].map((pid) => writer.recordSpawn(() => pid) as number);
    expect(reader.groups()).to.deep.equal([101, 102, 103]);
    writer.release(slots[1] as number);
    expect(reader.groups()).to.deep.equal([101, 103]);
  });

  it('are used again once released', () => {
    const { writer, reader } = pair(2);
    for (let pid = 1; pid <= 50; pid++) {
      const slot = writer.recordSpawn(() => pid) as number;
      expect(reader.groups()).to.deep.equal([pid]);
      writer.release(slot);
    }
    expect(reader.groups()).to.deep.equal([]);
  });

  it('record nothing when nothing was spawned', () => {
    const { writer, reader } = pair(1);
    expect(writer.recordSpawn(() => undefined)).to.equal(null);
    expect(reader.groups()).to.deep.equal([]);
    expect(writer.recordSpawn(() => 7)).to.be.a('number');
  });

  it('spawn nothing once they are closed', () => {
    const { writer, reader } = pair(1);
    reader.close(0);
    let spawned = false;
    const slot = writer.recordSpawn(() => {
      spawned = true;
      return 7;
    });
    expect(slot).to.equal(null);
    expect(spawned).to.equal(false);
  });

  it('spawn nothing while all are taken', () => {
    const { writer, reader } = pair(1);
    const slot = writer.recordSpawn(() => 7) as number;
    expect(writer.free).to.equal(0);
    let spawned = false;
    const spawn = () => {
      spawned = true;
      return 8;
    };
    expect(() => writer.recordSpawn(spawn)).to.throw(RangeError, 'slot');
    expect(spawned).to.equal(false);
    writer.release(slot);
    expect(writer.free).to.be.above(0);
    writer.recordSpawn(spawn);
    expect(reader.groups()).to.deep.equal([8]);
  });

  it('close at once when no spawn is under way, also after one that threw', () => {
    const { writer, reader } = pair(1);
    const failing = () => {
      throw new Error('no memory');
    };
    expect(() => writer.recordSpawn(failing)).to.throw('no memory');
    const begunAt = performance.now();
    reader.close(5_000);
    expect(performance.now() - begunAt).to.be.below(1_000);
  });

  it('wait for a spawn that is under way in another thread, so that its group is seen', async () => {
    const memory = createSlotMemory(1);
    const worker = new Worker(slowSpawner(50), { workerData: memory });
    await once(worker, 'message');
    const reader = new ProcessSlotReader(memory);
    expect(reader.groups()).to.deep.equal([]);
    reader.close(10_000);
    expect(reader.groups()).to.deep.equal([4_242]);
    await worker.terminate();
  });

  it('do not wait longer than they are told to', async () => {
    const memory = createSlotMemory(1);
    const worker = new Worker(slowSpawner(60_000), { workerData: memory });
    await once(worker, 'message');
    const begunAt = performance.now();
    new ProcessSlotReader(memory).close(50);
    expect(performance.now() - begunAt).to.be.within(45, 5_000);
    await worker.terminate();
  });
});

function pair(capacity: number): { writer: ProcessSlotWriter; reader: ProcessSlotReader } {
  const memory = createSlotMemory(capacity);
  return { writer: new ProcessSlotWriter(memory), reader: new ProcessSlotReader(memory) };
}

/** A thread that says when its spawn has begun and takes `periodMs` for it. */
function slowSpawner(periodMs: number): URL {
  const source = `import { ProcessSlotWriter } from '${import.meta.resolve('#lib/actors/process/process-slots.js')}';
    import { parentPort, workerData } from 'node:worker_threads';
    new ProcessSlotWriter(workerData).recordSpawn(() => {
      parentPort.postMessage('spawning');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${periodMs});
      return 4242;
    });
    setInterval(() => {}, 1000);`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}
