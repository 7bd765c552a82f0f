// Runs scripts/<name>.ts after installing what it needs, so that the commands of the README work
// on a fresh clone. Plain JavaScript, because nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [name, ...args] = process.argv.slice(2);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Brique needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(2);
}

const lockOf = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;

/** What npm has to do: everything, the difference, or nothing. */
function missing() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return 'ci';
  const installed = lockOf('node_modules/.package-lock.json');
  const wanted = Object.entries(lockOf('package-lock.json'));
  const stale = wanted.some(
    ([path, entry]) =>
      path !== '' && !entry.optional && !entry.devOptional && installed[path]?.version !== entry.version,
  );
  return stale ? 'install' : undefined;
}

function run(command, commandArgs) {
  const { status, signal, error } = spawnSync(command, commandArgs, { cwd: root, stdio: 'inherit' });
  if (error) console.error(error.message);
  return signal === 'SIGINT' ? 130 : (status ?? 1);
}

const install = missing();
if (install) {
  console.log(`Installing packages (npm ${install}, about a minute) …`);
  const npm = process.env.npm_execpath;
  const command = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const status = run(command[0], [...command.slice(1), install, '--no-audit', '--no-fund']);
  if (status !== 0) process.exit(status);
}
// Ctrl-C reaches the script too, which ends in its own way.
process.on('SIGINT', () => {});
process.exit(run(process.execPath, ['--require', 'tsx/cjs', join(root, 'scripts', `${name}.ts`), ...args]));
