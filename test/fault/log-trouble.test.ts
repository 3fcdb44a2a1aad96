import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type ExecutionResult, exec, LogReadError, shell } from 'execrx';
import { runApp } from '../support/fault/app.js';
import { withEngine } from '../support/fault/rig.js';

interface Told {
  result: ExecutionResult;
  refusal: { code: string; message: string } | null;
  complaints: Array<{ executionId?: string; reason?: string; message: string }>;
}

const isRoot = process.getuid?.() === 0;
/** Root gets a real disk that is full or read-only, gone with the process; others a limit, which fails the same system call. */
const SMALL_DISK = isRoot
  ? (directory: string) => [
      'unshare',
      '--mount',
      'sh',
      '-c',
      `mount -t tmpfs -o size=128k tmpfs ${directory} && exec "$@"`,
      '-',
    ]
  : () => ['prlimit', '--fsize=131072'];
const DISK_FULL = isRoot ? 'ENOSPC' : 'EFBIG';
const READ_ONLY = isRoot ? 'EROFS' : 'EACCES';

async function runOnSmallDisk(strategy: string, trouble = ''): Promise<Told> {
  const directory = mkdtempSync(join(tmpdir(), 'execrx-disk-'));
  try {
    const { exitCode, stdout, stderr } = await runApp('log-trouble', SMALL_DISK(directory), [
      directory,
      strategy,
      trouble,
    ]);
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    return JSON.parse(stdout);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The command itself knows nothing of it, and its operator is told once. */
function expectUndisturbed({ result, refusal, complaints }: Told, reason: string): void {
  expect(result.status).to.equal('completed');
  expect(result.stderr).to.equal('the end\n');
  expect(result.output.stdoutBytes).to.equal(1_000_001);
  expect(result.stdout).to.match(/^x{1000}\n\[execrx: output truncated, kept 1000 of 1000001 bytes\]$/);
  expect(refusal?.code).to.equal('LOG_READ_FAILED');
  expect(refusal?.message).to.include(result.logPath).and.to.include(reason);
  expect(complaints).to.have.length(1);
  expect(complaints[0]?.executionId).to.equal(result.id);
  expect(complaints[0]?.reason).to.include(reason);
}

describe('a log that cannot be written', () => {
  it('does not fail the command when the disk is full', async () => {
    expectUndisturbed(await runOnSmallDisk('truncate_with_warning'), DISK_FULL);
  });

  it('does not fail the command when the directory has become read-only', async () => {
    expectUndisturbed(await runOnSmallDisk('truncate_with_warning', 'read-only'), READ_ONLY);
  });

  it('does not fail a command that streams to a file on a full disk: no path, and the loss is counted', async () => {
    const told = await runOnSmallDisk('stream_to_file');
    expectUndisturbed(told, DISK_FULL);
    const { stdoutPath, droppedBytes, truncated } = told.result.output;
    expect({ stdoutPath, droppedBytes, truncated }).to.deep.equal({
      stdoutPath: undefined,
      droppedBytes: 999_001,
      truncated: true,
    });
  });

  it('is written all the same when the directory was removed: it is made again', async () => {
    await withEngine({}, async ({ engine, directory }) => {
      rmSync(join(directory, 'logs'), { recursive: true });
      const { id, status } = await engine.run({ command: exec('echo', 'kept') });
      expect(status).to.equal('completed');
      expect(await engine.readLogs(id)).to.equal('kept\n');
    });
  });

  it('is missing where a file took the place of its directory, and says so', async () => {
    await withEngine({}, async ({ engine, directory }) => {
      const logDir = join(directory, 'logs');
      rmSync(logDir, { recursive: true });
      writeFileSync(logDir, '');
      const { id, status, stdout } = await engine.run({ command: exec('echo', 'kept') });
      expect({ status, stdout }).to.deep.equal({ status: 'completed', stdout: 'kept\n' });
      const error = await engine.readLogs(id).then(
        () => expect.fail('it was read'),
        (reason: LogReadError) => reason,
      );
      expect(error).to.be.instanceOf(LogReadError);
      expect(error.message).to.include(engine.getLogPath(id)).and.to.include('ENOTDIR');
    });
  });

  it('is missing where a directory has its name', async () => {
    await withEngine({}, async ({ engine }) => {
      const id = '00000000-0000-4000-8000-000000000001';
      mkdirSync(engine.getLogPath(id));
      const { status } = await engine.run({ id, command: exec('echo', 'kept') });
      expect(status).to.equal('completed');
      const rejection = await engine.readLogs(id).then(
        () => 'read',
        ({ message }) => message,
      );
      expect(rejection).to.include('EISDIR');
    });
  });

  it('ends at its limit with one marker line, also when a later attempt adds to it', async () => {
    await withEngine({ maxLogSizeBytes: 100 }, async ({ engine }) => {
      const retry = { attempts: 3, backoffMs: 1 };
      const { id, attempts } = await engine.run({ command: shell('seq 1000; exit 1'), retry });
      expect(attempts).to.equal(3);
      const log = await engine.readLogs(id);
      const marker = '[execrx: log truncated at 100 bytes]\n';
      expect(log.split(marker)).to.have.length(2);
      expect(log.indexOf(marker)).to.equal(log.length - marker.length);
      expect(log.length).to.be.at.most(100 + 1 + marker.length);
    });
  });
});
