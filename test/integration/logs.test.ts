import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { exec, LogReadError, NotFoundError, shell, ValidationError } from 'execrx';
import { useEngines } from '../support/engine.js';
import { collect } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { rejectionOf, thrownBy } from '../support/rejection.js';
import { useTempDirectories } from '../support/temporary-directory.js';

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('logs', () => {
  const makeEngine = useEngines();
  const tempDirectory = useTempDirectories();

  it('hold the whole output of both streams, however long', async () => {
    const engine = makeEngine();
    const command = shell('for i in $(seq 5000); do echo out $i; echo err $i >&2; done; printf end');
    const { id, stdout, stderr } = await engine.run({ command });
    const lines = (await engine.readLogs(id)).split('\n').filter(Boolean);
    expect(lines.filter((line) => !line.startsWith('err'))).to.deep.equal(stdout.split('\n'));
    expect(lines.filter((line) => line.startsWith('err'))).to.deep.equal(stderr.trim().split('\n'));
  });

  it('mix the streams at line ends only, however the bytes come', async () => {
    const engine = makeEngine();
    const command = shell('for i in 1 2 3; do printf "one "; sleep 0.05; echo other >&2; sleep 0.05; echo line; done');
    const { id } = await engine.run({ command });
    const lines = (await engine.readLogs(id)).split('\n');
    expect(lines.sort()).to.deep.equal(['', ...Array(3).fill('one line'), ...Array(3).fill('other')]);
  });

  it('lie where `getLogPath` and the result say, in a directory and files of this user alone', async () => {
    const parent = tempDirectory();
    const logDir = join(parent, 'nested', 'logs');
    const oldMask = process.umask(0);
    const engine = makeEngine({ logDir });
    const { id, logPath } = await engine.run({ command: exec('echo', 'hi') });
    process.umask(oldMask);
    expect(logPath)
      .to.equal(engine.getLogPath(id))
      .and.to.equal(join(logDir, `${id}.log`));
    expect([modeOf(logDir), modeOf(logPath)]).to.deep.equal([0o700, 0o600]);
  });

  it('have a path before there is a file, and for ids nobody knows: `getLogPath` looks at nothing', () => {
    const engine = makeEngine();
    const id = '00000000-0000-4000-8000-000000000000';
    expect(engine.getLogPath(id)).to.match(new RegExp(`/logs/${id}\\.log$`));
    expect(existsSync(engine.getLogPath(id))).to.equal(false);
  });

  it('have no path out of their directory, whatever is given as an id', () => {
    const engine = makeEngine();
    for (const id of ['', '../../etc/passwd', 'a/b', 'a\\b', 'a\0b', undefined, 7]) {
      expect(thrownBy(() => engine.getLogPath(id as string))).to.be.instanceOf(ValidationError);
    }
  });

  it('of an execution without output are empty', async () => {
    const engine = makeEngine();
    const { id } = await engine.run({ command: exec('true') });
    expect(await engine.readLogs(id)).to.equal('');
    const missing = await engine.run({ command: exec('/no/such/program') });
    expect(await engine.readLogs(missing.id)).to.equal('');
  });

  it('can be read while the execution waits and while it runs', async () => {
    const engine = makeEngine();
    const run = engine.execute({ command: exec('cat'), stdin: { pipe: true } });
    expect(await engine.readLogs(run.id)).to.equal('');
    const lines = collect(run.stdout$);
    await run.write('one\ntwo\n');
    await eventually('both lines are out', () => lines.values.length === 2);
    expect(await engine.readLogs(run.id)).to.equal('one\ntwo\n');
    run.end();
    await run.result;
  });

  it('stop at their cap with one marker line; the result has everything all the same', async () => {
    const engine = makeEngine({ maxLogSizeBytes: 100 });
    const { id, stdout, output } = await engine.run({ command: exec('seq', '1000') });
    const log = await engine.readLogs(id);
    expect(log.slice(0, 100)).to.equal(stdout.slice(0, 100));
    expect(log.slice(100)).to.match(/^\n?\[execrx: log truncated[^\n]*\]\n$/);
    expect([output.stdoutBytes, output.truncated]).to.deep.equal([3_893, false]);
  });

  it('are not cut at exactly their cap', async () => {
    const engine = makeEngine({ maxLogSizeBytes: 6 });
    const { id } = await engine.run({ command: exec('echo', 'exact') });
    expect(await engine.readLogs(id)).to.equal('exact\n');
  });

  it('stay within their cap, with one marker, over all the attempts of a retry', async () => {
    const engine = makeEngine({ maxLogSizeBytes: 100 });
    const retry = { attempts: 3, backoffMs: 1 };
    const { id, attempts } = await engine.run({ command: shell('seq 1000; exit 1'), retry });
    expect(attempts).to.equal(3);
    const log = await engine.readLogs(id);
    expect(log.match(/log truncated/g)).to.have.length(1);
    expect(log.length).to.be.below(200);
  });

  it('begin a line of their own for each attempt', async () => {
    const engine = makeEngine();
    const { id } = await engine.run({ command: shell('printf try; exit 1'), retry: { attempts: 2, backoffMs: 1 } });
    expect(await engine.readLogs(id)).to.equal('try\ntry');
  });

  it('are not written with `logOutput: false`', async () => {
    const engine = makeEngine({ logOutput: false });
    const { id, stdout, logPath } = await engine.run({ command: exec('echo', 'hi') });
    expect(stdout).to.equal('hi\n');
    expect(existsSync(logPath)).to.equal(false);
    expect(existsSync(dirname(logPath))).to.equal(false);
    expect(await rejectionOf(engine.readLogs(id))).to.be.instanceOf(LogReadError);
  });

  it('reject with NotFoundError for an unknown or removed execution', async () => {
    const engine = makeEngine();
    const { id } = await engine.run({ command: exec('echo', 'hi') });
    engine.removeExecution(id);
    expect(await rejectionOf(engine.readLogs(id))).to.be.instanceOf(NotFoundError);
  });

  it('reject with LogReadError, and its cause, when the file is gone', async () => {
    const engine = makeEngine();
    const { id, logPath } = await engine.run({ command: exec('echo', 'hi') });
    rmSync(dirname(logPath), { recursive: true });
    const error = (await rejectionOf(engine.readLogs(id))) as LogReadError;
    expect(error).to.be.instanceOf(LogReadError);
    expect(error.path).to.equal(logPath);
    expect((error.cause as NodeJS.ErrnoException).code).to.equal('ENOENT');
  });

  it('have their directory made again, with its mode, when someone removed it', async () => {
    const engine = makeEngine();
    const { logPath } = await engine.run({ command: exec('echo', 'one') });
    rmSync(dirname(logPath), { recursive: true });
    const { id } = await engine.run({ command: exec('echo', 'two') });
    expect(await engine.readLogs(id)).to.equal('two\n');
    expect(modeOf(dirname(logPath))).to.equal(0o700);
  });

  it('that cannot be written fail no execution; reading them says why, and so does the logger', async () => {
    const warnings: string[] = [];
    const logger = { debug() {}, info() {}, error() {}, warn: (_: object, message: string) => warnings.push(message) };
    const engine = makeEngine({ logger });
    const id = '11111111-1111-4111-8111-111111111111';
    mkdirSync(engine.getLogPath(id));
    const { status, stdout } = await engine.run({ id, command: exec('echo', 'hi') });
    expect([status, stdout]).to.deep.equal(['completed', 'hi\n']);
    expect(await rejectionOf(engine.readLogs(id))).to.be.instanceOf(LogReadError);
    expect(warnings).to.have.length(1);
  });

  it('are never written through a symbolic link', async () => {
    const victim = join(tempDirectory(), 'victim');
    writeFileSync(victim, 'precious');
    const engine = makeEngine();
    const id = '22222222-2222-4222-8222-222222222222';
    symlinkSync(victim, engine.getLogPath(id));
    expect((await engine.run({ id, command: exec('echo', 'overwritten') })).status).to.equal('completed');
    expect(statSync(victim).size).to.equal('precious'.length);
    expect(readdirSync(dirname(engine.getLogPath(id)))).to.deep.equal([`${id}.log`]);
  });
});
