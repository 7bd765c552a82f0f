import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repository, run } from './shell';

const sources = ['language', 'server', 'client', 'protocol', 'registry', 'engine', 'cli', 'schemas'];
const settings = ['esbuild.mjs', 'package-lock.json'];

/** Bundles dist/ if a source is newer than it. */
export async function buildIfNeeded(): Promise<void> {
  const bundle = join(repository, 'dist/brique.cjs');
  if (existsSync(bundle) && newestSource() < statSync(bundle).mtimeMs) return;
  console.log('Building …');
  await run(process.execPath, ['esbuild.mjs', '--production']);
}

function newestSource(): number {
  const files = sources.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  );
  return Math.max(...[...files, ...settings].map((file) => statSync(join(repository, file)).mtimeMs));
}
