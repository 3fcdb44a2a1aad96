/**
 * An engine whose log directory turns bad. Started on a small disk (a tmpfs in a mount namespace of its own) or with a limit on file
 * sizes; or it makes the directory read-only itself. Prints what became of a command that writes a megabyte.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { type LogReadError, type OversizedOutputStrategy, shell } from 'execrx';
import { withEngine } from '../rig.js';

const [logDir = '', strategy = '', trouble = ''] = process.argv.slice(2);
const complaints: object[] = [];
const note = (details: object, message: string) => complaints.push({ ...details, message });
const logger = { debug() {}, info() {}, warn: note, error: note };

function makeReadOnly(): void {
  if (process.getuid?.() === 0) execFileSync('mount', ['-o', 'remount,ro', logDir]);
  else chmodSync(logDir, 0o500); // permissions do not bind root
}

const options = { logDir, logger, maxOutputSizeBytes: 1_000 };
await withEngine(options, async ({ engine }) => {
  await engine.run({ command: shell('true') });
  if (trouble === 'read-only') makeReadOnly();
  const result = await engine.run({
    command: shell('head -c 1000000 /dev/zero | tr "\\0" x; echo; echo the end >&2'),
    oversizedOutputStrategy: strategy as OversizedOutputStrategy,
  });
  const refusal = await engine.readLogs(result.id).then(
    () => null,
    ({ code, message }: LogReadError) => ({ code, message }),
  );
  console.log(JSON.stringify({ result, refusal, complaints }));
});
