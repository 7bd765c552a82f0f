import { chmodSync, copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cachedFolder, findCachedFolder } from './cached-folder';
import { exitCode, nodeHeaders, npm, which } from './shell';
import { needPrograms } from './system-packages';

const version = '4.100.3';
const name = 'code-server';
const key = `code-server ${version}, node ${process.versions.modules}, ${process.platform} ${process.arch}`;

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The program that starts VS Code's server, run by Node. */
export function codeServerEntry(folder: string): string {
  return join(folder, 'node_modules/code-server/out/node/entry.js');
}

export function findCodeServer(): string | undefined {
  return findCachedFolder(name, key);
}

/** Chromium or Chrome, installed if need be; BRIQUE_CHROMIUM names another. */
export async function chromiumPath(): Promise<string> {
  const find = () => process.env.BRIQUE_CHROMIUM ?? programs.map(which).find((path) => path !== undefined);
  if (!find()) await needPrograms(['chromium']);
  return find() ?? 'chromium';
}

/** VS Code's workbench and extension host, with the native modules that they need. */
export async function installCodeServer(): Promise<string> {
  const found = findCodeServer();
  if (found) return found;
  if (process.platform === 'win32') throw new Error('VS Code in a browser needs Linux or macOS');
  await needPrograms(['python3', 'make', 'g++']);
  return cachedFolder(name, key, async (folder) => {
    const install = ['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'];
    const headers = nodeHeaders();
    const env = headers ? { npm_config_nodedir: headers } : {};

    console.log(`  npm: code-server ${version}`);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    await npm([...install, `code-server@${version}`, '@vscode/ripgrep@1.18.0', 'node-gyp@12.4.0'], {
      cwd: folder,
      quiet: true,
    });
    const vscode = join(folder, 'node_modules/code-server/lib/vscode');
    await npm(install, { cwd: vscode, quiet: true });
    await npm(install, { cwd: join(vscode, 'extensions'), quiet: true });

    console.log('  building its native modules');
    await npm(['rebuild', 'argon2'], { cwd: folder, env, quiet: true });
    await npm(['rebuild', 'native-watchdog', '@vscode/spdlog', '@parcel/watcher'], {
      cwd: vscode,
      env,
      quiet: true,
    });
    await buildPty(folder, vscode, env);

    symlinkSync('node_modules', join(vscode, 'node_modules.asar'));
    copyRipgrep(folder, vscode);
  });
}

/** node-pty's post-install step may fail after its binary is built; the binary is what counts. */
async function buildPty(root: string, vscode: string, env: NodeJS.ProcessEnv): Promise<void> {
  const folder = join(vscode, 'node_modules/node-pty');
  const nodeGyp = join(root, 'node_modules/node-gyp/bin/node-gyp.js');
  await exitCode(process.execPath, [nodeGyp, 'rebuild'], { cwd: folder, env, quiet: true });
  const binary = join(folder, 'build/Release/pty.node');
  if (!existsSync(binary)) throw new Error('node-pty could not be built');
}

/** VS Code's own copy of ripgrep is fetched by a script; npm carries the same program. */
function copyRipgrep(folder: string, vscode: string): void {
  const carried = join(folder, `node_modules/@vscode/ripgrep-${process.platform}-${process.arch}/bin/rg`);
  const program = existsSync(carried) ? carried : which('rg');
  if (!program) throw new Error('ripgrep is not installed');
  const place = join(vscode, 'node_modules/@vscode/ripgrep/bin/rg');
  mkdirSync(dirname(place), { recursive: true });
  copyFileSync(program, place);
  chmodSync(place, 0o755);
}

if (require.main === module) {
  installCodeServer().then(
    (folder) => console.log(folder),
    (error: Error) => {
      console.error(`VS Code in a browser cannot be had: ${error.message}`);
      process.exit(1);
    },
  );
}
