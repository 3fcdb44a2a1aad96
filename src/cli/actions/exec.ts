import { type Execution, exec } from '../../index.js';
import type { Console } from '../console.js';
import { type EngineOptions, engineConfig } from '../engine-config.js';
import { inputIsOurs, readInput } from '../input.js';
import { writeEvents } from '../output/json-lines.js';
import { withEngine } from '../session.js';

export interface ExecOptions extends Pick<EngineOptions, 'logDir'> {
  json?: boolean;
  /** Milliseconds. */
  timeout?: number;
}

/** Runs one command with its input, output and errors passed through. Resolves with the exit code. */
export async function runOne(console: Console, [program = '', ...args]: readonly string[], options: ExecOptions) {
  const config = engineConfig(options, console.env, {
    workerThreads: 1,
    // What is passed on need not be kept.
    ...(options.json ? {} : { maxOutputSizeBytes: 0 }),
  });
  return withEngine(console, config, async (engine) => {
    const input = inputIsOurs() ? readInput() : null;
    if (options.json) writeEvents(engine, console.out);
    const execution = engine.execute({
      command: exec(program, ...args),
      ...(input ? { stdin: { pipe: true } as const } : {}),
      ...(options.timeout === undefined ? {} : { timeoutMs: options.timeout }),
    });
    if (!options.json) passOn(execution, console);
    console.interruption.onBegin(() => {
      if (!ended(execution)) execution.cancel('interrupted');
    });
    if (input) feed(execution, input.chunks).catch((error: Error) => console.say(`standard input: ${error.message}`));
    const result = await execution.result;
    if (result.error && !console.interruption.begun) console.say(`${program}: ${result.error.message}`);
    return result.status === 'completed';
  });
}

function passOn({ chunks$ }: Execution, { out, err }: Console): void {
  chunks$.subscribe(({ stream, data }) => (stream === 'stdout' ? out : err).writeBytes(data));
}

/** As fast as the process reads. */
async function feed(execution: Execution, chunks: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (ended(execution)) return;
      await execution.write(chunk);
    }
  } finally {
    if (!ended(execution)) execution.end();
  }
}

function ended({ status }: Execution): boolean {
  return status !== 'pending' && status !== 'running';
}
