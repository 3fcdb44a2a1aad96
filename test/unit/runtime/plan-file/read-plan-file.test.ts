import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { PlanFileError } from '#lib/actors/protocol/errors.js';
import { readPlanFile } from '#lib/runtime/plan-file/read-plan-file.js';
import { rejectionOf } from '../../../support/rejection.js';
import { useTempDirectories } from '../../../support/temporary-directory.js';

describe('readPlanFile', () => {
  const tempDirectory = useTempDirectories();
  const fileWith = (content: string | Uint8Array) => {
    const path = join(tempDirectory(), 'plan.yaml');
    writeFileSync(path, content);
    return path;
  };
  const refused = async (path: string) => {
    const error = await rejectionOf(readPlanFile(path));
    expect(error).to.be.instanceOf(PlanFileError);
    return error as PlanFileError;
  };

  it('reads a plan', async () => {
    expect(await readPlanFile(fileWith('\uFEFFcommands: [{ run: "é" }]'))).to.deep.equal({
      strategy: { type: 'serial' },
      commands: [{ command: { type: 'shell', command: 'é' } }],
    });
  });

  it('calls the file by its path', async () => {
    const path = fileWith('commands: []');
    expect((await refused(path)).problems[0]).to.include({ file: path, line: 1, column: 11 });
  });

  it('rejects where there is no file, and keeps the cause', async () => {
    const error = await refused('/no/such/plan.yaml');
    expect(error.message).to.equal('/no/such/plan.yaml: there is no such file');
    expect(error.problems).to.have.lengthOf(1);
    expect(error.problems[0]).to.include({ line: 0, column: 0 });
    expect(error.cause).to.include({ code: 'ENOENT' });
    expect((await refused(`${fileWith('')}/below`)).message).to.match(/ENOTDIR/);
  });

  it('rejects what is not a file, and waits for no one to write into a pipe', async () => {
    const directory = tempDirectory();
    execFileSync('mkfifo', [join(directory, 'pipe')]);
    expect((await refused(directory)).message).to.equal(`${directory}: a directory, not a file`);
    expect((await refused(join(directory, 'pipe'))).message).to.match(
      /pipe: not a file, but a pipe, a socket or a dev/,
    );
    expect((await refused('/dev/zero')).message).to.match(/^\/dev\/zero: not a file/);
  });

  it('rejects 100 MB without reading them', async () => {
    const path = fileWith('');
    truncateSync(path, 100_000_000);
    expect((await refused(path)).message).to.equal(`${path}: larger than 10 MiB, the most that a plan file may have`);
  });

  it('reads what says that it is empty and is not', async () => {
    expect((await refused('/proc/self/cmdline')).message).to.match(/a NUL byte/);
  });

  it('rejects what is not UTF-8, and says where that begins', async () => {
    const bytes = Buffer.concat([Buffer.from('# \uFFFD é\nrun: '), Buffer.from([0xc3, 0x28]), Buffer.from('x\n')]);
    const { problems } = await refused(fileWith(bytes));
    expect(problems[0]).to.include({ line: 2, column: 6 });
    expect(problems[0]?.message).to.match(/^a byte that is not UTF-8/);
    expect((await refused(fileWith(Buffer.from('\uFEFFcommands: []', 'utf16le')))).message).to.match(/UTF-16; save/);
  });
});
