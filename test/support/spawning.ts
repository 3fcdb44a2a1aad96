import type { ProcessExit, SpawnedProcess, Spawner, SpawnSpec } from '#lib/actors/worker/spawner/spawner.js';

export type TestSpec = Pick<SpawnSpec, 'program'> & Partial<SpawnSpec>;

/** A process that was started, read from the beginning. */
export interface Running {
  readonly process: SpawnedProcess;
  /** Every exit that was told. */
  readonly exits: ProcessExit[];
  readonly exited: Promise<ProcessExit>;
  readonly outputEnded: Promise<unknown>;
  /** What has come so far. */
  stdout(): string;
  readonly chunks: { stdout: Buffer[]; stderr: Buffer[] };
}

export async function start(spawner: Spawner, spec: TestSpec): Promise<Running> {
  const env = { PATH: process.env.PATH as string };
  const answer = await spawner.spawn({ args: [], env, inheritEnv: false, cwd: null, pipeInput: false, ...spec });
  if (answer.type === 'refused') throw new Error(answer.message);
  const started = answer.process;
  const exits: ProcessExit[] = [];
  const exited = new Promise<ProcessExit>((resolve) => {
    started.onExit((exit) => {
      exits.push(exit);
      resolve(exit);
    });
  });
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const ends = (['stdout', 'stderr'] as const).map((name) => {
    return new Promise<void>((resolve) =>
      started[name].read((bytes) => chunks[name].push(Buffer.from(bytes)), resolve),
    );
  });
  const stdout = () => Buffer.concat(chunks.stdout).toString();
  return { process: started, exits, exited, outputEnded: Promise.all(ends), stdout, chunks };
}

/** Resolves when the process has ended and both streams have come to their end. */
export async function finish({ exited, outputEnded, chunks }: Running) {
  const exit = await exited;
  await outputEnded;
  const stdoutBytes = Buffer.concat(chunks.stdout);
  return { exit, stdoutBytes, stdout: stdoutBytes.toString(), stderr: Buffer.concat(chunks.stderr).toString() };
}
