import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeServerEntry, installCodeServer } from '../../../scripts/code-server';

export interface ServerOptions {
  folder: string;
  userDataDir: string;
  extensionsDir: string;
  workspaceTrust: boolean;
  env: NodeJS.ProcessEnv;
  onExit: (code: number | null) => void;
}

export interface Server {
  port: number;
  stop: () => void;
}

/** What would otherwise stand between a fresh profile and the editor. */
const settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  // The web would save what a test breaks.
  'files.autoSave': 'off',
  'files.refactoring.autoSave': false,
};

/** VS Code's server: the workbench over HTTP on the loopback interface, and the extension host. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const entry = codeServerEntry(await installCodeServer());
  const settingsFile = join(options.userDataDir, 'User/settings.json');
  mkdirSync(join(options.userDataDir, 'User'), { recursive: true });
  if (!existsSync(settingsFile)) writeFileSync(settingsFile, JSON.stringify(settings, undefined, 2));
  const config = join(options.userDataDir, 'server.yaml');
  writeFileSync(config, '');

  const child = spawn(
    process.execPath,
    [
      entry,
      ...['--config', config, '--auth', 'none', '--bind-addr', '127.0.0.1:0'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...['--user-data-dir', options.userDataDir, '--extensions-dir', options.extensionsDir],
      options.folder,
    ],
    {
      // A group of its own, so that stopping it stops the extension host too.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...ownEnvironment(), ...options.env },
    },
  );
  const stop = () => stopGroup(child);
  process.on('exit', stop);
  try {
    return { port: await listeningPort(child, options.onExit), stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** A terminal inside VS Code sets variables that would make the server join that VS Code. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|CODE_SERVER_|ELECTRON_|PORT$|PASSWORD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function listeningPort(child: ChildProcess, onExit: (code: number | null) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    let listening = false;
    const read = (chunk: Buffer) => {
      if (listening) return;
      output += chunk;
      const port = /server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
      if (!port) return;
      listening = true;
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('error', reject);
    child.on('close', (code) => {
      if (listening) onExit(code);
      else reject(new Error(`VS Code's server ended with exit code ${code}:\n${output}`));
    });
  });
}

function stopGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
