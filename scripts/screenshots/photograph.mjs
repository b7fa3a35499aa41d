// A view drawn by a real browser.
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DENSITY = 2;

/**
 * Write the picture of `view` to `output`. Nothing is fetched: the browser is kept off the network.
 * Gives what a maker of the view should know, a line for each: what could only be named, what Slack may cut.
 */
export async function photograph(html, view, { browser, width, output }) {
  const running = await chromium.launch({ executablePath: browser, args: FLAGS });
  try {
    const context = await running.newContext({
      viewport: { width, height: 800 },
      deviceScaleFactor: DENSITY,
      colorScheme: 'light',
      locale: 'en-GB',
      offline: true,
    });
    const page = await context.newPage();
    await page.setContent(html);
    const notes = await page.evaluate((shown) => globalThis.show(shown), view);
    await page.locator('#root > *').screenshot({ path: output, animations: 'disabled' });
    return notes;
  } finally {
    await running.close();
  }
}
