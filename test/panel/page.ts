/** Shows a panel's built page in Chromium, as VS Code would: same policy, same variables, same messages. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { FromPanel, ToPanel } from '../../protocol/panel';
import { repository } from '../../scripts/shell';
import { type ThemeName, themes } from './themes';

const NONCE = 'known';
const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

/** What VS Code puts into every webview. */
const VSCODE_API = `
  let state;
  globalThis.acquireVsCodeApi = () => ({
    postMessage: globalThis.postedToExtension,
    getState: () => state,
    setState: (next) => { state = next; },
  });
`;

export interface PanelPage {
  page: Page;
  /** What the page posted to the extension. */
  posted: FromPanel[];
  /** Violations of the content security policy and errors of the script. */
  errors: string[];
  send(...messages: ToPanel[]): Promise<void>;
  setTheme(theme: ThemeName): Promise<void>;
}

export function servePanels(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://panel').pathname;
    if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(html());
      return;
    }
    try {
      const content = readFileSync(join(repository, 'dist/webview', path));
      response.writeHead(200, { 'content-type': TYPES[path.split('.').at(-1)!] ?? 'text/plain' });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function html(): string {
  const policy = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Run</title>
<link rel="stylesheet" href="/run-panel.css"></head>
<body><div id="root" data-memory='{"folder":"/runs/one"}'></div>
<script nonce="${NONCE}" src="/run-panel.js"></script></body></html>`;
}

export async function openPanel(browser: Browser, server: Server, theme: ThemeName): Promise<PanelPage> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1100 } });
  const posted: FromPanel[] = [];
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) {
      errors.push(message.text());
    }
  });
  await page.exposeFunction('postedToExtension', (message: FromPanel) => posted.push(message));
  await page.addInitScript(VSCODE_API);
  const setTheme = (name: ThemeName) =>
    page.evaluate((chosen) => {
      for (const [variable, value] of Object.entries(chosen.variables)) {
        document.documentElement.style.setProperty(variable, value);
      }
      document.body.className = chosen.className;
    }, themes[name]);
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/`);
  await setTheme(theme);
  await page.locator('#root > *').first().waitFor();
  return {
    page,
    posted,
    errors,
    setTheme,
    async send(...messages) {
      await page.evaluate((all) => {
        for (const message of all) window.postMessage(message, '*');
      }, messages);
    },
  };
}
