import { createServer } from 'node:net';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumPath, installCodeServer } from '../../../scripts/code-server';
import { startControlServer } from './control-server';

export interface Session {
  /** What @vscode/test-electron starts. */
  executable: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  stop: () => void;
}

export interface EditorHost {
  description: string;
  start: (options: { trusted: boolean; scratch: string }) => Promise<Session>;
}

/**
 * Desktop VS Code where a display and a copy of it can be had, else VS Code in Chromium.
 * BRIQUE_EDITOR_HOST=desktop or =chromium decides instead.
 */
export async function editorHost(): Promise<EditorHost> {
  const wanted = process.env.BRIQUE_EDITOR_HOST;
  if (wanted !== 'chromium') {
    const executable = await desktopExecutable(wanted === 'desktop');
    if (executable) return desktopHost(executable);
  }
  await installCodeServer();
  await chromiumPath();
  return {
    description: 'VS Code in Chromium',
    async start() {
      return { executable: join(__dirname, 'chromium.ts'), args: [], env: {}, stop() {} };
    },
  };
}

async function desktopExecutable(insist: boolean): Promise<string | undefined> {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!insist && !display) return undefined;
  const reachable = fetch('https://update.code.visualstudio.com/api/releases/stable', {
    signal: AbortSignal.timeout(5000),
  }).then(
    (response) => response.ok,
    () => false,
  );
  if (!insist && !(await reachable)) return undefined;
  return downloadAndUnzipVSCode('stable');
}

/** Desktop VS Code is Chromium too: its debugging port gives the same control over the window. */
function desktopHost(executable: string): EditorHost {
  return {
    description: 'desktop VS Code',
    async start() {
      const port = await freePort();
      let browser: Promise<Browser> | undefined;
      const page = async (): Promise<Page> => {
        browser ??= chromium.connectOverCDP(`http://127.0.0.1:${port}`);
        const pages = (await browser).contexts().flatMap((context) => context.pages());
        const window = pages.find((candidate) => candidate.url().includes('workbench.html'));
        if (!window) throw new Error('VS Code has no window yet');
        return window;
      };
      const control = await startControlServer(page);
      return {
        executable,
        args: [`--remote-debugging-port=${port}`],
        env: { BRIQUE_TEST_CONTROL: control.url },
        stop: control.close,
      };
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
