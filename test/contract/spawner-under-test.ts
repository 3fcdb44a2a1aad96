import { createSlotMemory, ProcessSlotReader, ProcessSlotWriter } from '#lib/actors/process/process-slots.js';
import type { Spawner, SpawnRefusal } from '#lib/actors/worker/spawner/spawner.js';
import { kill } from '../support/scripted-processes.js';
import { finish, type Running, start, type TestSpec } from '../support/spawning.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

export const PATH = process.env.PATH as string;

/** What `inheritEnv` and no `cwd` stand for in these tests. */
export const SURROUNDINGS = {
  environment: { PATH, OWN: 'from the engine', BOTH: 'overridden' },
  directory: process.cwd(),
};

/** Processes that may be in the books at once. */
export const SLOTS = 16;

export type MakeSpawner = (slots: ProcessSlotWriter) => Promise<Spawner>;
export type SpawnerUnderTest = ReturnType<typeof useSpawner>;

/** A new spawner for each test of the suite it is called in, with its books, and the means to start processes with it. */
export function useSpawner(make: MakeSpawner) {
  const at = useTemporaryDirectory();
  let spawner: Spawner;
  let ledger: ProcessSlotReader;
  let running: Running[];

  beforeEach(async () => {
    const memory = createSlotMemory(SLOTS);
    ledger = new ProcessSlotReader(memory);
    spawner = await make(new ProcessSlotWriter(memory));
    running = [];
  });

  afterEach(async () => {
    for (const { process } of running) kill(-process.pid);
    await spawner.stop();
  });

  async function spawn(spec: TestSpec): Promise<Running> {
    const started = await start(spawner, spec);
    running.push(started);
    return started;
  }

  const run = async (spec: TestSpec) => finish(await spawn(spec));
  const sh = (script: string, spec: Partial<TestSpec> = {}) => spawn({ program: 'sh', args: ['-c', script], ...spec });
  const runSh = async (script: string, spec: Partial<TestSpec> = {}) => finish(await sh(script, spec));

  async function refusal(spec: TestSpec): Promise<SpawnRefusal> {
    const defaults = { args: [], env: { PATH }, inheritEnv: false, cwd: null, pipeInput: false };
    const answer = await spawner.spawn({ ...defaults, ...spec });
    if (answer.type === 'spawned') throw new Error(`${spec.program} was started`);
    return answer;
  }

  return {
    at,
    spawn,
    run,
    sh,
    runSh,
    refusal,
    get ledger(): ProcessSlotReader {
      return ledger;
    },
  };
}
