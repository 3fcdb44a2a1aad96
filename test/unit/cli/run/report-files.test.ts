import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { BadInputError } from '#lib/cli/exit-code.js';
import { checkReportFiles, writeReportFiles } from '#lib/cli/run/report-files.js';
import { planOf, ran, reportOf } from '../../../support/run-reports.js';
import { useTemporaryDirectory } from '../../../support/temporary-directory.js';

describe('report files', () => {
  const path = useTemporaryDirectory();
  beforeEach(() => writeFileSync(path('plan'), 'commands: []'));

  it('are for this user alone, also where there was one already', () => {
    writeFileSync(path('old.xml'), 'old', { mode: 0o644 });
    const files = { report: path('new.html'), junit: path('old.xml') };
    checkReportFiles(files, path('plan'));
    expect(readFileSync(path('old.xml'), 'utf8')).to.equal('old');
    writeReportFiles(files, reportOf(planOf({ type: 'serial' }, 'a'), [ran(0, 5)]));
    for (const file of [files.report, files.junit]) expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readFileSync(files.report, 'utf8')).to.match(/^<!doctype html>/i);
    expect(readFileSync(files.junit, 'utf8')).to.include('<testsuites');
  });

  it('are refused where they cannot be written, and not made by looking', () => {
    mkdirSync(path('directory'));
    for (const [files, message] of [
      [{ report: path('missing', 'r.html') }, 'expected a file that can be written: ENOENT'],
      [{ junit: path('directory') }, 'expected a file, got a directory'],
      [{ junit: '/proc/new.xml' }, 'expected a file that can be written: ENOENT'],
      [{ report: path('plan', 'r.html') }, `--report ${path('plan', 'r.html')}: expected a file that can be written`],
      [{ report: path('same'), junit: path('same') }, 'the same file'],
    ] as const) {
      expect(() => checkReportFiles(files, path('plan'))).to.throw(BadInputError, message);
    }
    expect(statSync(path('same'), { throwIfNoEntry: false })).to.equal(undefined);
  });

  it('are refused where they are one file, or the plan, under another name', () => {
    writeFileSync(path('old'), '');
    symlinkSync('old', path('link'));
    symlinkSync('plan', path('link to plan'));
    linkSync(path('plan'), path('plan too'));
    const before = readdirSync(path('.'));
    for (const [files, message] of [
      [{ report: path('new'), junit: `${path('.')}/./new` }, 'the same file'],
      [{ report: path('old'), junit: path('link') }, 'the same file'],
      [{ report: path('plan') }, '--report'],
      [{ junit: path('link to plan') }, '--junit'],
      [{ report: path('new'), junit: path('plan too') }, '--junit'],
    ] as const) {
      expect(() => checkReportFiles(files, path('plan'))).to.throw(BadInputError, message);
    }
    expect(readdirSync(path('.'))).to.deep.equal(before);
    checkReportFiles({ report: path('old'), junit: path('new') }, path('plan'));
  });
});
