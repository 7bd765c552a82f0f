// Makes the VSIX: what a user of the extension gets, and nothing else (.vscodeignore).
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { repository, run } from './shell';
import { thirdPartyPage } from './third-party';

const limit = 6 * 1024 * 1024;

async function main(): Promise<void> {
  const { name, version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  await run(process.execPath, ['esbuild.mjs', '--production']);
  writeFileSync(join(repository, 'THIRD-PARTY.md'), thirdPartyPage());
  const packagePath = join(repository, `${name}-${version}.vsix`);
  const options = { cwd: repository, dependencies: false };
  await createVSIX({ ...options, packagePath, allowMissingRepository: true, rewriteRelativeLinks: false });
  const { size } = statSync(packagePath);
  console.log(`${packagePath}: ${(size / 1024 / 1024).toFixed(2)} MB`);
  if (size > limit) throw new Error('The VSIX is larger than 6 MB.');
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
