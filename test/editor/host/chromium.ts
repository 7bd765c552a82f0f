#!/usr/bin/env -S node --require tsx/cjs
// Takes the arguments of a desktop VS Code and does the same with VS Code's server and a browser.
// With --extensionTestsPath it runs the suite and exits with its code; without, it prints an address.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { which } from '../../../scripts/shell';
import { launchBrowser, openPage } from './browser';
import { startControlServer } from './control-server';
import { startServer } from './server';

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
});
const extension = values.extensionDevelopmentPath as string | undefined;
const tests = values.extensionTestsPath as string | undefined;
const folder = resolve(positionals[0] ?? '.');
// @vscode/test-electron always asks for trust to be disabled; some suites are about trust.
const workspaceTrust = process.env.BRIQUE_WORKSPACE_TRUST === 'on';
const limit = Number(process.env.BRIQUE_EDITOR_MINUTES ?? 15) * 60_000;

async function main(): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'brique-vscode-'));
  const removeScratch = () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});

  let ready: (page: Awaited<ReturnType<typeof openPage>>['page']) => void = () => {};
  const page = new Promise<Awaited<ReturnType<typeof openPage>>['page']>((resolvePage) => {
    ready = resolvePage;
  });
  const control = tests ? await startControlServer(() => page) : undefined;
  const server = await startServer({
    folder,
    workspaceTrust,
    userDataDir: (values['user-data-dir'] as string | undefined) ?? join(scratch, 'user-data'),
    extensionsDir: (values['extensions-dir'] as string | undefined) ?? join(scratch, 'extensions'),
    env: control ? { BRIQUE_TEST_CONTROL: control.url } : {},
    onExit: (code) => fail(new Error(`VS Code's server ended with exit code ${code}`)),
  });
  process.on('exit', removeScratch);

  const address = workbenchAddress(server.port);
  if (!tests) {
    console.log(`\n  ${address}\n\n  Reachable from this machine only. Ctrl-C stops it.`);
    openForPerson(address);
    return failed;
  }
  const browser = await launchBrowser();
  try {
    const suite = await openPage(browser);
    ready(suite.page);
    suite.page.setDefaultTimeout(60_000);
    await suite.page.goto(address);
    const timer = setTimeout(
      () => fail(new Error(`the suite ran longer than ${limit / 60_000} minutes`)),
      limit,
    );
    const code = await Promise.race([suite.ended, failed]);
    clearTimeout(timer);
    return code;
  } finally {
    await browser.close();
    server.stop();
    control?.close();
  }
}

function workbenchAddress(port: number): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ...(extension ? [['extensionDevelopmentPath', remote(resolve(extension))]] : []),
    ...(tests ? [['extensionTestsPath', remote(resolve(tests))]] : []),
  ];
  const address = new URL(`http://127.0.0.1:${port}/`);
  address.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

function openForPerson(address: string): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const display = process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!display || !which(opener)) return;
  spawn(opener, [address], { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
