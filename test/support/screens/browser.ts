import { accessSync, constants } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a page did besides being shown. */
export interface Misdeeds {
  /** Warnings, and errors that nothing caught, included. */
  console: string[];
  dialogs: string[];
  /** Addresses it asked for, its own file left out. */
  requests: string[];
}

/** Rejects, and says what to install, when there is no browser. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath(), args: ARGUMENTS });
}

/** From now on, what the page does is written down; a dialog is dismissed. */
export function watch(page: Page): Misdeeds {
  const misdeeds: Misdeeds = { console: [], dialogs: [], requests: [] };
  page.on('console', (message) => misdeeds.console.push(message.text()));
  page.on('pageerror', (error) => misdeeds.console.push(error.message));
  page.on('dialog', (dialog) => {
    misdeeds.dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) misdeeds.requests.push(request.url());
  });
  return misdeeds;
}

function browserPath(): string {
  const { CHROMIUM_PATH } = process.env;
  const candidates = CHROMIUM_PATH ? [CHROMIUM_PATH] : USUAL_PATHS;
  const found = candidates.find(isExecutable);
  if (found === undefined) {
    throw new Error(
      `No browser at ${candidates.join(', ')}. Install Chromium (Debian: apt-get install chromium), or set CHROMIUM_PATH.`,
    );
  }
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
