import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { launchBrowser, watch } from '../support/screens/browser.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

describe('a watched page', () => {
  const path = useTemporaryDirectory();
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  it('cannot log, fail, ask or load anything unnoticed', async () => {
    const file = path('page.html');
    writeFileSync(
      file,
      '<script>console.log("logged"); alert("asked")</script><img src="missing.png"><script>throw new Error("failed")</script>',
    );
    const page = await browser.newPage();
    const misdeeds = watch(page);
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    expect(misdeeds.dialogs).to.deep.equal(['asked']);
    expect(misdeeds.console).to.include.members(['logged', 'failed']);
    expect(misdeeds.requests).to.deep.equal([pathToFileURL(path('missing.png')).href]);
  });
});
