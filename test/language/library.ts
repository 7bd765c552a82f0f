import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The standard bricks as the repository ships them. */
export function libraryFiles(): { file: string; text: string }[] {
  const folder = join(__dirname, '../../modules');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.brique.yaml'))
    .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}
