// Opens VS Code with the extension loaded, on the examples or on the folder given: desktop VS Code
// if it is installed, else VS Code in the browser.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfNeeded } from './build';
import { exitCode, repository, typescript, which } from './shell';

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { browser: { type: 'boolean' } },
  });
  const folder = resolve(positionals[0] ?? join(repository, 'examples'));
  await buildIfNeeded();
  const args = [`--extensionDevelopmentPath=${repository}`, folder];
  const desktop = values.browser ? undefined : which('code');
  if (desktop) {
    console.log(`Opening ${folder} in desktop VS Code.`);
    return exitCode(desktop, ['--new-window', ...args]);
  }
  console.log('Desktop VS Code is not installed (no `code` on PATH): starting VS Code for the browser.');
  const profile = join(repository, '.cache/editor');
  return exitCode(process.execPath, [
    ...[...typescript, join(repository, 'test/editor/host/chromium.ts')],
    ...[`--user-data-dir=${join(profile, 'user-data')}`, `--extensions-dir=${join(profile, 'extensions')}`],
    ...args,
  ]);
}

process.on('SIGINT', () => {});
main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
