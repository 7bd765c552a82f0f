import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../../../scripts/code-server';

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

/** The workbench's own messages, among which those of the suite would be lost. */
const chatter =
  /^(Resolv(ing|ed) connection token|Creating a socket|Updating additional builtin|\[Service Worker\]|ChatSessionStore|Creation of workbench contribution|getaddrinfo \w+ open-vsx)/;

export interface Suite {
  page: Page;
  /** Settles with the suite's exit code. */
  ended: Promise<number>;
}

/** Opens a page that the workbench takes for the window of an automated test. */
export async function openPage(browser: Browser): Promise<Suite> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    if (chatter.test(String(args[0])) && !process.env.BRIQUE_EDITOR_VERBOSE) return;
    (type === 'error' || type === 'warn' ? console.error : console.log)(...args);
  });
  const ended = new Promise<number>((resolve, reject) => {
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    page.on('crash', () => reject(new Error('the page of VS Code crashed')));
    page.on('close', () => reject(new Error('the page of VS Code was closed')));
  });
  // Closing the page at the end is no failure.
  ended.catch(() => {});
  return { page, ended };
}
