import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { htmlReport } from '#lib/cli/report/html-report.js';
import { fc } from '../../../support/fast-check.js';
import { hostileText } from '../../../support/hostile-text.js';
import { failedWith, named, neverRan, planOf, ran, reportOf, shellCommand } from '../../../support/run-reports.js';

const countOf = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].length;

describe('htmlReport', () => {
  it('has a row in the table for each command, and a bar for each that ran', () => {
    const graph = { type: 'dependency_graph' as const, dependencies: { 1: [0], 2: [1] } };
    const results = [ran(0, 10), ran(10, 30, failedWith('EXIT_NON_ZERO')), neverRan(30)];
    const html = htmlReport(reportOf(planOf(graph, 'a', 'b', 'c'), results));
    expect(countOf(html, /<tr id="command-\d+"/g)).to.equal(3);
    expect(countOf(html, /<g data-row="\d+">/g)).to.equal(2);
  });

  it('shows 500 bars at most, those of the longest commands, and says so', () => {
    const results = Array.from({ length: 10_000 }, (_, index) => ran(0, index % 20 === 0 ? 100 + index : 1));
    const html = htmlReport(
      reportOf(planOf({ type: 'parallel' }, ...results.map(() => shellCommand('true'))), results),
    );
    const rows = [...html.matchAll(/<g data-row="(\d+)">/g)].map(([, index]) => Number(index));
    expect(rows).to.deep.equal(Array.from({ length: 500 }, (_, index) => index * 20));
    expect(html).to.include('The 500 commands that ran longest, of 10,000.');
    expect(countOf(html, /<tr id="command-\d+"/g)).to.equal(10_000);
  });

  it('shows the output of 200 failures at most, and says so', () => {
    const results = Array.from({ length: 1_000 }, () =>
      ran(0, 1, { ...failedWith('EXIT_NON_ZERO'), stdout: 'x'.repeat(200_000) }),
    );
    const html = htmlReport(
      reportOf(planOf({ type: 'parallel' }, ...results.map(() => shellCommand('true'))), results),
    );
    expect(countOf(html, /<details class="failure"/g)).to.equal(200);
    expect(html).to.include('800 more commands failed');
    expect(html.length).to.be.below(20 * 1_024 * 1_024);
  });

  it('draws arrows for a dependency graph of up to 200 commands', () => {
    const chain = (length: number) => {
      const dependencies = Object.fromEntries(Array.from({ length: length - 1 }, (_, index) => [index + 1, [index]]));
      const results = Array.from({ length }, (_, index) => ran(index, index + 1));
      const commands = results.map((_, index) => named(`n${index}`));
      return htmlReport(reportOf(planOf({ type: 'dependency_graph', dependencies }, ...commands), results));
    };
    expect(countOf(chain(200), /data-from=/g)).to.equal(199);
    expect(countOf(chain(201), /data-from=/g)).to.equal(0);
    expect(chain(201)).to.include('Dependencies are not drawn');
  });

  it('says nothing of failures where there are none', () => {
    expect(htmlReport(reportOf(planOf({ type: 'serial' }, 'a'), [ran(0, 1)]))).not.to.include('id="failed"');
  });

  it('names the log of a failure, where there is one', () => {
    const failed = [ran(0, 1, failedWith('EXIT_NON_ZERO')), { ...neverRan(1), status: 'failed' as const }];
    const plan = planOf({ type: 'serial' }, 'a', 'b');
    const logsIn = (logged: boolean) => countOf(htmlReport(reportOf(plan, failed, { logged })), /<dt>Log<\/dt>/g);
    expect([logsIn(true), logsIn(false)]).to.deep.equal([1, 0]);
  });

  it('names what was stopped before it ran, ten of them', () => {
    const results = [
      ran(0, 1, failedWith('EXIT_NON_ZERO')),
      ...Array.from({ length: 12 }, () => neverRan(1, 'PLAN_STOPPED')),
    ];
    const html = htmlReport(
      reportOf(planOf({ type: 'serial' }, ...results.map((_, index) => named(`n${index}`))), results),
    );
    expect(textOf(html)).to.match(/Never ran: n1, n2, n3, n4, n5, n6, n7, n8, n9, n10 and 2 more\./);
  });

  it('says of what lacked something why it never ran, of ten of them', () => {
    const results = [ran(0, 1, failedWith('EXIT_NON_ZERO')), ...Array.from({ length: 12 }, () => neverRan(1))];
    const html = htmlReport(
      reportOf(planOf({ type: 'parallel' }, ...results.map((_, index) => named(`n${index}`))), results),
    );
    expect(countOf(textOf(html), /^n\d+ never ran: It depends on test, which did not complete$/gm)).to.equal(10);
    expect(textOf(html)).to.include('… and 2 more never ran.').and.not.to.include('Never ran:');
  });

  it('allows the page nothing but its own style and its one script', () => {
    const html = htmlReport(reportOf(planOf({ type: 'serial' }, 'a'), [ran(0, 1)]));
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    expect(countOf(html, /<script/g)).to.equal(1);
    expect(html.replaceAll('&#39;', "'")).to.include(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(html).not.to.match(/https?:|\bsrc=|@import/);
  });

  it('keeps its shape, whatever a command is called, runs, says and writes', () => {
    const shape = (text: string) => {
      const fields = { ...failedWith('EXIT_NON_ZERO', text), stdout: `.${text}.`, stderr: `.${text}.`, logPath: text };
      const graph = { type: 'dependency_graph' as const, dependencies: { 1: [0] } };
      const plan = planOf(graph, { ...shellCommand(text), name: text }, shellCommand(text));
      return skeletonOf(
        htmlReport({ ...reportOf(plan, [ran(0, 1, fields), neverRan(1)], { title: text }), version: text }),
      );
    };
    const expected = shape('harmless');
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(shape(text)).to.deep.equal(expected);
      }),
    );
  });
});

function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, '');
}

/** Every tag with the names of its attributes, and everything that looks like the beginning of one. */
function skeletonOf(html: string): string[] {
  return [...html.matchAll(/<(?:"[^"]*"|[^">])*>?/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
}
