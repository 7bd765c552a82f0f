import { run, which } from './shell';

/** Debian's names of the packages behind the programs that tests and native builds need. */
const packages = {
  'g++': 'g++',
  chromium: 'chromium',
  make: 'make',
  pip3: 'python3-pip',
  python3: 'python3',
};

export type Program = keyof typeof packages;

/** Installs missing programs where that needs no question (root on Debian), else says which are missing. */
export async function needPrograms(programs: Program[]): Promise<void> {
  const missing = programs.filter((program) => !which(program));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !which('apt-get')) {
    throw new Error(`not installed: ${missing.join(', ')}`);
  }
  const names = missing.map((program) => packages[program]);
  console.log(`  apt-get install ${names.join(' ')}`);
  const options = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update', '-q'], options);
  await run('apt-get', ['install', '-qy', '--no-install-recommends', ...names], options);
}
