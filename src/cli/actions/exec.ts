import { type Execution, type ExecutionResult, exec } from '../../index.js';
import type { Console } from '../console.js';
import { type EngineOptions, engineConfig } from '../engine-config.js';
import { inputIsGiven, readInput } from '../input.js';
import { writeEvents } from '../output/json-lines.js';
import { LineEcho } from '../output/line-echo.js';
import { withEngine } from '../session.js';

export interface ExecOptions extends Pick<EngineOptions, 'logDir'> {
  json?: boolean;
  /** Milliseconds. */
  timeout?: number;
}

/** Enough of the output to see how it ends; the rest has been passed on. */
const KEPT_BYTES = 65_536;

/** Runs one command with its input, output and errors passed through. Resolves with the exit code. */
export async function runOne(console: Console, [program = '', ...args]: readonly string[], options: ExecOptions) {
  const config = engineConfig(options, console.env, { workerThreads: 1, maxOutputSizeBytes: KEPT_BYTES });
  return withEngine(console, config, async (engine) => {
    const input = inputIsGiven() ? readInput() : null;
    if (options.json) writeEvents(engine, console.out);
    const execution = engine.execute({
      command: exec(program, ...args),
      ...(input ? { stdin: { pipe: true } as const } : {}),
      ...(options.timeout === undefined ? {} : { timeoutMs: options.timeout }),
    });
    const echo = options.json ? null : echoOf(execution, console);
    console.interruption.onBegin(() => {
      if (!ended(execution)) execution.cancel('interrupted');
    });
    if (input) feed(execution, input.chunks).catch((error: Error) => console.say(`standard input: ${error.message}`));
    const result = await execution.result;
    echo?.end(result);
    if (result.error && !console.interruption.begun) console.say(`${program}: ${result.error.message}`);
    return result.status === 'completed';
  });
}

function echoOf({ output$ }: Execution, { out, err }: Console) {
  const echoes = { stdout: new LineEcho(out), stderr: new LineEcho(err) };
  output$.subscribe(({ stream, line, partial = false }) => echoes[stream].write(line, partial));
  return {
    end({ stdout, stderr, output: { truncated, stdoutBytes, stderrBytes } }: ExecutionResult) {
      echoes.stdout.end(truncated ? stdoutBytes !== echoes.stdout.bytes : stdout.endsWith('\n'));
      echoes.stderr.end(truncated ? stderrBytes !== echoes.stderr.bytes : stderr.endsWith('\n'));
    },
  };
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
