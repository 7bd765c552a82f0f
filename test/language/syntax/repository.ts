import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

/** Every Brique file of the repository: path from its root, and text. */
export function repositoryFiles(folders = ['examples', 'modules', 'test']): [string, string][] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.brique.yaml') && !/(^|[\\/])(node_modules|\.brique)[\\/]/.test(path))
      .map((path): [string, string] => [join(folder, path), readFileSync(join(root, folder, path), 'utf8')]),
  );
}
