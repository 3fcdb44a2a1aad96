import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { sweepLogs } from '#lib/actors/cleanup/log-sweep.js';
import { useTemporaryDirectory } from '../../../support/temporary-directory.js';

const OLD = 1_000_000;
const LIMIT = 2_000_000;

describe('sweepLogs', () => {
  const at = useTemporaryDirectory();
  const left = () => readdirSync(at()).sort();
  const never = () => false;

  function write(name: string, modifiedMs: number): string {
    writeFileSync(at(name), 'text');
    utimesSync(at(name), modifiedMs / 1_000, modifiedMs / 1_000);
    return name;
  }

  it('removes logs and output files last written before the limit, and says how many', async () => {
    for (const extension of ['log', 'stdout', 'stderr']) write(`${randomUUID()}.${extension}`, OLD);
    const young = write(`${randomUUID()}.log`, LIMIT);
    expect(await sweepLogs(at(), LIMIT, never)).to.equal(3);
    expect(left()).to.deep.equal([young]);
  });

  it('leaves the files of an execution that still runs, however old', async () => {
    const id = randomUUID();
    const names = [write(`${id}.log`, OLD), write(`${id}.stderr`, OLD)];
    write(`${randomUUID()}.log`, OLD);
    expect(await sweepLogs(at(), LIMIT, (executionId) => executionId === id)).to.equal(1);
    expect(left()).to.deep.equal(names.sort());
  });

  it('leaves what is not ours', async () => {
    const id = randomUUID();
    const names = ['notes.log', `${id}.txt`, `${id}.log.gz`, `x${id}.log`, `${id}`, `${id}.LOGS`].map((name) => {
      return write(name, OLD);
    });
    const directory = `${randomUUID()}.log`;
    mkdirSync(at(directory));
    const link = `${randomUUID()}.log`;
    symlinkSync(at('notes.log'), at(link));
    expect(await sweepLogs(at(), LIMIT * 1e6, never)).to.equal(0);
    expect(left()).to.deep.equal([...names, directory, link].sort());
  });

  it('removes those whose UUID is in upper case too', async () => {
    write(`${randomUUID().toUpperCase()}.log`, OLD);
    expect(await sweepLogs(at(), LIMIT, never)).to.equal(1);
  });

  it('says what is wrong with a directory that cannot be read', async () => {
    const error = await sweepLogs(at('missing'), LIMIT, never).catch((reason: NodeJS.ErrnoException) => reason);
    expect(error).to.have.property('code', 'ENOENT');
  });
});
