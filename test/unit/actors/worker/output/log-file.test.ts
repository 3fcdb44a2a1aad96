import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { LogFile } from '#lib/actors/worker/output/log-file.js';
import { fc } from '../../../../support/fast-check.js';
import { useTemporaryDirectory } from '../../../../support/temporary-directory.js';

type Write = readonly ['stdout' | 'stderr', string];

describe('LogFile', () => {
  const at = useTemporaryDirectory();
  const read = () => readFileSync(at('x.log'), 'utf8');

  function write(writes: readonly Write[], { maxBytes = 1_000_000, append = false } = {}): LogFile {
    const log = new LogFile({ path: at('x.log'), maxBytes, append });
    for (const [stream, text] of writes) log.push(stream, Buffer.from(text));
    log.close();
    return log;
  }

  it('holds the bytes of both streams, each in order', () => {
    write([
      ['stdout', 'out 1\n'],
      ['stderr', 'err 1\n'],
      ['stdout', 'out 2\n'],
    ]);
    expect(read()).to.equal('out 1\nerr 1\nout 2\n');
  });

  it('never mixes the streams inside a line', () => {
    write([
      ['stdout', 'out '],
      ['stderr', 'err\nerr '],
      ['stdout', '1\nout 2'],
      ['stderr', '2\n'],
      ['stdout', '\n'],
    ]);
    expect(read()).to.equal('err\nout 1\nerr 2\nout 2\n');
  });

  it('holds every line of each stream whole and in order, however they arrive', () => {
    const chunk = fc.tuple(fc.constantFrom('stdout', 'stderr'), fc.stringMatching(/^[a-z\n]{0,6}$/));
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 30 }), (chunks) => {
        const writes = chunks.map(([stream, text]) => {
          return [stream, stream === 'stdout' ? text.toUpperCase() : text] as Write;
        });
        writeFileSync(at('x.log'), '');
        write(writes);
        const lines = read().split('\n').filter(Boolean);
        for (const stream of ['stdout', 'stderr'] as const) {
          const text = writes.map(([name, part]) => (name === stream ? part : '')).join('');
          const own = lines.filter((line) => (stream === 'stdout' ? /^[A-Z]+$/ : /^[a-z]+$/).test(line));
          expect(own).to.deep.equal(text.split('\n').filter(Boolean));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('ends with the unfinished lines of both streams, each in a line of its own', () => {
    write([
      ['stdout', 'done\nout'],
      ['stderr', 'err'],
    ]);
    expect(read()).to.equal('done\nout\nerr');
  });

  it('holds a long line without an end as it came, byte for byte', () => {
    const long = 'x'.repeat(70_000);
    write([
      ['stdout', long],
      ['stdout', 'the end'],
    ]);
    expect(read() === `${long}the end`).to.equal(true);
  });

  it('puts a line break between a long line of one stream and the unfinished line of the other', () => {
    const long = 'x'.repeat(70_000);
    write([
      ['stdout', long],
      ['stderr', 'err'],
    ]);
    expect(read() === `${long}\nerr`).to.equal(true);
  });

  it('does not wait for the end of a line that is longer than 64 KiB', () => {
    const log = new LogFile({ path: at('x.log'), maxBytes: 1_000_000, append: false });
    log.push('stdout', Buffer.alloc(40_000, 'x'));
    expect(existsSync(at('x.log'))).to.equal(false);
    log.push('stdout', Buffer.alloc(40_000, 'x'));
    expect(statSync(at('x.log')).size).to.equal(80_000);
    log.close();
  });

  it('is not made before the first byte', () => {
    write([['stdout', '']]);
    expect(existsSync(at('x.log'))).to.equal(false);
  });

  it('is readable by its owner only', () => {
    write([['stdout', 'secret\n']]);
    expect(statSync(at('x.log')).mode & 0o777).to.equal(0o600);
  });

  it('replaces what an earlier execution left, unless it is to be added to', () => {
    writeFileSync(at('x.log'), 'old\n');
    write([['stdout', 'new\n']]);
    expect(read()).to.equal('new\n');
    write([['stdout', 'second attempt\n']], { append: true });
    expect(read()).to.equal('new\nsecond attempt\n');
  });

  it('makes its directory again when someone removed it', () => {
    const log = new LogFile({ path: at('gone', 'x.log'), maxBytes: 100, append: false });
    log.push('stdout', Buffer.from('a\n'));
    log.close();
    expect(readFileSync(at('gone', 'x.log'), 'utf8')).to.equal('a\n');
    expect(statSync(at('gone')).mode & 0o777).to.equal(0o700);
  });

  describe('at its limit', () => {
    it('holds exactly so many bytes and no marker when nothing more comes', () => {
      write([['stdout', '12345\n']], { maxBytes: 6 });
      expect(read()).to.equal('12345\n');
    });

    it('holds the bytes up to the limit, then one marker line, then nothing', () => {
      write(
        [
          ['stdout', '12345\n'],
          ['stderr', '6789\n'],
          ['stdout', 'more\n'],
        ],
        { maxBytes: 8 },
      );
      expect(read()).to.equal('12345\n67\n[execrx: log truncated at 8 bytes]\n');
    });

    it('adds no line break before the marker after a whole line', () => {
      write([['stdout', '12345\n6789\n']], { maxBytes: 6 });
      expect(read()).to.equal('12345\n[execrx: log truncated at 6 bytes]\n');
    });

    it('stays as it is when a later attempt adds to it', () => {
      write([['stdout', `${'a'.repeat(200)}\n`]], { maxBytes: 100 });
      const full = read();
      write([['stdout', `${'b'.repeat(500)}\n`]], { maxBytes: 100, append: true });
      expect(read()).to.equal(full);
    });

    it('counts what earlier attempts wrote', () => {
      write([['stdout', '12345\n']], { maxBytes: 10 });
      write([['stdout', 'abcdefgh\n']], { maxBytes: 10, append: true });
      expect(read()).to.equal('12345\nabcd\n[execrx: log truncated at 10 bytes]\n');
    });
  });

  it('says why it could not be written, and takes the rest without a throw', () => {
    mkdirSync(at('x.log'));
    const log = write([
      ['stdout', 'a\n'],
      ['stdout', 'b\n'],
    ]);
    expect(log.failure).to.match(/EISDIR/);
  });

  it('is never written through a symbolic link', () => {
    writeFileSync(at('victim'), 'untouched');
    symlinkSync(at('victim'), at('x.log'));
    expect(write([['stdout', 'a\n']]).failure).to.match(/ELOOP/);
    expect(readFileSync(at('victim'), 'utf8')).to.equal('untouched');
  });

  it('has no failure when all went well', () => {
    expect(write([['stdout', 'a\n']]).failure).to.equal(null);
  });
});
