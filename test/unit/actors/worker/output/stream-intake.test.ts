import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { LogFile } from '#lib/actors/worker/output/log-file.js';
import { type IntakeSettings, StreamIntake } from '#lib/actors/worker/output/stream-intake.js';
import { StreamPipe } from '#lib/actors/worker/spawner/output-pipe.js';
import { nextTurn } from '../../../../support/eventually.js';
import { useTemporaryDirectory } from '../../../../support/temporary-directory.js';

describe('StreamIntake', () => {
  const at = useTemporaryDirectory();

  function open(settings: Partial<IntakeSettings> = {}, log: LogFile | null = null) {
    const source = new PassThrough();
    const seen: string[] = [];
    const defaults = { stream: 'stdout', limitBytes: 10, spillPath: null, maxLineBytes: 64 } as const;
    const intake = new StreamIntake(new StreamPipe(source), { ...defaults, ...settings }, log, {
      onBytes: () => seen.push('bytes'),
      onLines: (stream, text, partial) => seen.push(`${stream}${partial ? ' (partial)' : ''}: ${text}`),
      onChunk: (stream, data) => seen.push(`${stream} chunk: ${Buffer.from(data).toString()}`),
      onLimit: (stream) => seen.push(`${stream} limit`),
      onEnd: (stream) => seen.push(`${stream} end`),
    });
    const feed = async (text: string) => {
      source.write(text);
      await nextTurn();
    };
    return { source, seen, intake, feed };
  }

  it('keeps a stream within the limit, and drops nothing', async () => {
    const { intake, feed, source, seen } = open();
    await feed('abc');
    source.end();
    await nextTurn();
    expect(intake.ended).to.equal(true);
    expect(seen).to.deep.equal(['bytes', 'stdout end']);
    expect(intake.finish()).to.deep.equal({
      text: 'abc',
      totalBytes: 3,
      truncated: false,
      droppedBytes: 0,
      spillPath: undefined,
      spillFailure: null,
    });
  });

  it('tells once that the limit is exceeded, and counts what is dropped', async () => {
    const { intake, feed, seen } = open();
    for (const text of ['0123456789', 'x', 'yz']) await feed(text);
    expect(seen.filter((entry) => entry === 'stdout limit')).to.have.lengthOf(1);
    const { totalBytes, truncated, droppedBytes } = intake.finish();
    expect({ totalBytes, truncated, droppedBytes }).to.deep.equal({ totalBytes: 13, truncated: true, droppedBytes: 3 });
  });

  it('makes lines from the moment someone listens until nobody does', async () => {
    const { intake, feed, seen } = open();
    await feed('before\n');
    intake.listenToLines(true);
    await feed('heard\nunfinished');
    intake.listenToLines(false);
    await feed(' missed\n');
    intake.listenToLines(true);
    await feed('again\n');
    expect(seen.filter((entry) => entry !== 'bytes' && entry !== 'stdout limit')).to.deep.equal([
      'stdout: heard',
      'stdout: again',
    ]);
  });

  it('loses nothing of a line when it is told again that someone listens', async () => {
    const { intake, feed, seen } = open();
    intake.listenToLines(true);
    await feed('one ');
    intake.listenToLines(true);
    await feed('line\n');
    expect(seen).to.include('stdout: one line');
  });

  it('gives the bytes as they came, as a copy of their own, while someone wants them', async () => {
    const { intake, feed, seen } = open();
    await feed('before');
    intake.listenToChunks(true);
    await feed('one\ntw');
    await feed('o');
    intake.listenToChunks(false);
    await feed('after');
    expect(seen.filter((entry) => entry.includes('chunk'))).to.deep.equal(['stdout chunk: one\ntw', 'stdout chunk: o']);
  });

  it('gives the last line at the end of the stream', async () => {
    const { intake, feed, source, seen } = open();
    intake.listenToLines(true);
    await feed('last');
    source.end();
    await nextTurn();
    expect(seen).to.deep.equal(['bytes', 'stdout: last', 'stdout end']);
  });

  it('ends once, also when the pipe breaks, and takes nothing afterwards', async () => {
    const { intake, source, seen, feed } = open();
    await feed('a');
    source.destroy(new Error('EIO'));
    await nextTurn();
    expect(seen).to.deep.equal(['bytes', 'stdout end']);
    expect(intake.finish().text).to.equal('a');
  });

  it('ends at once when it is abandoned', async () => {
    const { intake, source, seen } = open();
    intake.abandon();
    expect(seen).to.deep.equal(['stdout end']);
    expect(source.destroyed).to.equal(true);
    await nextTurn();
    expect(seen).to.deep.equal(['stdout end']);
  });

  it('reads nothing while it is paused', async () => {
    const { intake, feed, seen } = open();
    intake.pause();
    await feed('a');
    expect(seen).to.deep.equal([]);
    intake.resume();
    await nextTurn();
    expect(seen).to.deep.equal(['bytes']);
  });

  it('writes everything to the log, the part beyond the limit too', async () => {
    const { feed } = open({}, logInto(at('x.log')));
    await feed('0123456789abc\n');
    expect(readFileSync(at('x.log'), 'utf8')).to.equal('0123456789abc\n');
  });

  describe('with a file for what exceeds the cap', () => {
    it('puts the whole of an oversized stream into the file, its kept head included', async () => {
      const { intake, feed } = open({ spillPath: at('spill') });
      for (const text of ['01234', '56789', 'abc', 'def']) await feed(text);
      const { text, spillPath, droppedBytes, truncated } = intake.finish();
      expect(readFileSync(at('spill'), 'utf8')).to.equal('0123456789abcdef');
      expect({ spillPath, droppedBytes, truncated }).to.deep.equal({
        spillPath: at('spill'),
        droppedBytes: 0,
        truncated: true,
      });
      expect(text).to.match(/^0123456789\n\[execrx: output truncated/);
    });

    it('makes no file for a stream within the limit', async () => {
      const { intake, feed } = open({ spillPath: at('spill') });
      await feed('abc');
      const { text, spillPath } = intake.finish();
      expect({ text, spillPath }).to.deep.equal({ text: 'abc', spillPath: undefined });
    });

    it('counts as dropped what a file that failed does not hold, and says why it failed', async () => {
      const { intake, feed } = open({ spillPath: '/dev/null/nowhere' });
      await feed('0123456789abc');
      const { droppedBytes, spillPath, spillFailure } = intake.finish();
      expect({ droppedBytes, spillPath }).to.deep.equal({ droppedBytes: 3, spillPath: undefined });
      expect(spillFailure).to.match(/ENOTDIR/);
    });
  });
});

function logInto(path: string): LogFile {
  return new LogFile({ path, maxBytes: 1_000, append: false });
}
