import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { htmlReport } from '#lib/cli/report/html-report.js';
import type { RunReport } from '#lib/cli/report/run-report.js';
import { HOSTILE } from '../support/hostile-text.js';
import { failedWith, neverRan, PLAN_STARTED_AT, planOf, ran, reportOf, shellCommand } from '../support/run-reports.js';
import { launchBrowser, type Misdeeds, watch } from '../support/screens/browser.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

const HARM = HOSTILE.join(' ');
const NOTHING: Misdeeds = { console: [], dialogs: [], requests: [] };
/** From and to, in milliseconds: the runs of all but the last command, which never ran. */
const RUNS: ReadonlyArray<[number, number]> = [
  [5, 1_000],
  [1_020, 1_520],
  [1_030, 4_000],
  [1_600, 3_600],
];

/** Everything that can be named or written is hostile. */
function hostileRun(): RunReport {
  const lines = Array.from({ length: 400 }, (_, index) => `line ${index}`).join('\n');
  const harm = {
    logPath: `/logs/${HARM}`,
    stdout: `${lines}\n${HARM}\nthe last of stdout\n`,
    stderr: `${HARM}\nthe last of stderr`,
  };
  const graph = { type: 'dependency_graph' as const, dependencies: { 1: [0], 2: [0], 3: [1], 4: [2, 3] } };
  const commands = ['first', 'quick', 'slow', 'broken', 'never'].map((word) => shellCommand(`${word} ${HARM}`));
  const fields = [
    {},
    { queuedAt: PLAN_STARTED_AT + 1_000 },
    { ...harm, ...failedWith('TIMEOUT', HARM), queuedAt: PLAN_STARTED_AT + 1_000 },
    { ...harm, ...failedWith('EXIT_NON_ZERO', HARM), attempts: 3 },
  ];
  const results = RUNS.map(([fromMs, toMs], index) => ran(fromMs, toMs, fields[index]));
  return { ...reportOf(planOf(graph, ...commands), [...results, neverRan(4_000)], { title: HARM }), version: HARM };
}

describe('the report of a run, in a browser', () => {
  const path = useTemporaryDirectory();
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  async function open(run: RunReport, options: Parameters<Browser['newPage']>[0] = {}) {
    const file = path('report.html');
    writeFileSync(file, htmlReport(run));
    const page = await browser.newPage(options);
    const misdeeds = watch(page);
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    return { page, misdeeds };
  }

  it('shows what commands are called and wrote as text, and does nothing else with it', async () => {
    const { page, misdeeds } = await open(hostileRun());
    await page.locator('.failure summary').last().click();
    await page.locator('.filter input').fill('slow');
    expect(misdeeds).to.deep.equal(NOTHING);
    expect(await page.locator('script').count()).to.equal(1);
    expect(
      await page.locator('img, iframe, object, link, [onerror], [onload], [onmouseover], [onfocus]').count(),
    ).to.equal(0);
    expect(await page.locator('h1').textContent()).to.include('</script><script>alert("script")</script>');
  });

  it('has a bar for each command that ran, as long as it ran, beginning when it began', async () => {
    const { page } = await open(hostileRun());
    const bars = await boxesOf(page, '.plot .run');
    const plot = (await boxesOf(page, '.plot'))[0] as Box;
    const pixelsPerMs = plot.width / 4_000;
    expect(bars).to.have.length(RUNS.length);
    for (const [index, [fromMs, toMs]] of RUNS.entries()) {
      expect(bars[index]?.x).to.be.closeTo(plot.x + fromMs * pixelsPerMs, 1);
      expect(bars[index]?.width).to.be.closeTo((toMs - fromMs) * pixelsPerMs, 1);
    }
    expect(isAscending(bars.map(({ x }) => x))).to.equal(true);
    expect(isAscending(bars.map(({ y }) => y))).to.equal(true);
  });

  it('has each bar beside its name, and each wait before its bar', async () => {
    const { page } = await open(hostileRun());
    const bars = await boxesOf(page, '.plot .run');
    const names = await boxesOf(page, '.names li');
    for (const [index, bar] of bars.entries()) {
      const name = names[index] as Box;
      expect(bar.y + bar.height / 2).to.be.closeTo(name.y + name.height / 2, 1);
    }
    const waits = await boxesOf(page, '.plot .wait');
    expect(waits).to.have.length(2);
    for (const [at, wait] of waits.entries()) expect(wait.x + wait.width).to.be.closeTo(bars[at + 1]?.x as number, 1);
  });

  it('lists what failed, with why, its log and the end of what it wrote', async () => {
    const { page } = await open(hostileRun());
    const failures = page.locator('.failure');
    expect(await failures.count()).to.equal(2);
    expect(await failures.locator('.outcome').allTextContents()).to.deep.equal(['timed out', 'exit code 2']);
    expect(await failures.locator('.code').allTextContents()).to.deep.equal(['TIMEOUT', 'EXIT_NON_ZERO']);
    expect(await failures.last().locator('.facts').textContent())
      .to.include('Attempts3')
      .and.include('/logs/</script>');
    const tails = await failures.last().locator('pre').allTextContents();
    expect(tails[0]).to.match(/the last of stderr$/);
    expect(tails[1])
      .to.match(/the last of stdout$/)
      .and.include('<svg onload=alert(1)>')
      .and.not.include('line 100\n');
    expect(await page.locator('#failed').textContent()).to.match(/never .* never ran: It depends on test/s);
  });

  it('shows the end of a long output first', async () => {
    const { page } = await open(hostileRun());
    const tail = page.locator('.failure .tail').nth(1);
    const below = await tail.evaluate((element) => {
      const { bottom } = element.firstElementChild.getBoundingClientRect();
      return bottom - element.getBoundingClientRect().bottom;
    });
    expect(below).to.be.below(1);
  });

  it('finds commands by what they are called and by how they ended', async () => {
    const { page } = await open(hostileRun());
    const shown = () => page.locator('#commands tbody tr:visible').evaluateAll((rows) => rows.map(({ id }) => id));
    await page.locator('.filter input').fill('SLOW');
    expect(await shown()).to.deep.equal(['command-2']);
    await page.locator('.filter input').fill('');
    await page.locator('.filter select').selectOption('completed');
    expect(await shown()).to.deep.equal(['command-0', 'command-1']);
    expect(await page.locator('.filter output').textContent()).to.equal('2 of 5');
  });

  it('draws time wider, names staying in sight, and as before again', async () => {
    const { page } = await open(hostileRun());
    const before = (await boxesOf(page, '.plot .run')).map(({ width }) => width);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    const wider = (await boxesOf(page, '.plot .run')).map(({ width }) => width);
    for (const [index, width] of wider.entries()) expect(width).to.be.closeTo(2 * (before[index] as number), 2);
    await page.locator('.gantt').evaluate((element) => element.scrollTo(500, 0));
    const [gantt, names] = [await boxesOf(page, '.gantt'), await boxesOf(page, '.names')];
    expect(names[0]?.x).to.be.closeTo(gantt[0]?.x as number, 2);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    expect((await boxesOf(page, '.plot .run')).map(({ width }) => width)).to.deep.equal(before);
  });

  it('can be read without scripts, in a dark room, and on a telephone', async () => {
    const viewport = { width: 390, height: 844 };
    const { page, misdeeds } = await open(hostileRun(), { javaScriptEnabled: false, colorScheme: 'dark', viewport });
    expect(misdeeds).to.deep.equal(NOTHING);
    expect(await page.locator('.filter').isVisible()).to.equal(false);
    expect(await page.locator('.failure pre').first().isVisible()).to.equal(true);
  });

  it('has enough contrast in light and in dark, and is dark in the dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, misdeeds } = await open(hostileRun(), { colorScheme });
      expect(misdeeds).to.deep.equal(NOTHING);
      const paper = luminance(await styleOf(page, '.gantt', 'background-color'));
      const texts = [
        'h1',
        '.muted',
        '.code',
        '.values .failed',
        '.values .timeout',
        '.values .cancelled',
        '.icon.completed',
      ];
      for (const text of texts) {
        expect(
          contrast(luminance(await styleOf(page, text, 'color')), paper),
          `${text}, ${colorScheme}`,
        ).to.be.at.least(4.5);
      }
      const bar = luminance(await styleOf(page, '.plot .run.completed', 'fill'));
      expect(contrast(bar, paper), `bars, ${colorScheme}`).to.be.at.least(3);
      expect(paper < 0.1).to.equal(colorScheme === 'dark');
      await page.close();
    }
  });

  it('fits into the width of a window, narrow or wide', async () => {
    for (const width of [360, 800, 1_600]) {
      const { page } = await open(hostileRun(), { viewport: { width, height: 800 } });
      expect(await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).to.be.at.most(width);
      await page.close();
    }
  });

  it('names its chart for those who hear it', async () => {
    const { page } = await open(reportOf(planOf({ type: 'serial' }, 'a'), [ran(0, 1_000)], { title: 'Nightly' }));
    const chart = page.getByRole('img', { name: /Timeline of Nightly.*1 row over 1\.00 s/ });
    expect(await chart.count()).to.equal(1);
  });
});

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Without their strokes, as they lie on the page. */
function boxesOf(page: Page, selector: string): Promise<Box[]> {
  return page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
}

function styleOf(page: Page, selector: string, property: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((element, name) => element.computedStyleMap().get(name).toString(), property);
}

/** Relative luminance of `rgb(r, g, b)`, as WCAG defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function isAscending(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value > (values[index - 1] as number));
}
