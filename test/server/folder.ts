import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uriOf } from '../../server/paths';

const root = join(__dirname, '../..');

/** A copy of an example that a test may write to; inside the repository, so that its data are found. */
export class ExampleFolder {
  readonly path: string;

  constructor(example: string) {
    mkdirSync(join(root, 'out'), { recursive: true });
    this.path = mkdtempSync(join(root, 'out', 'server-test-'));
    const from = join(root, 'examples', example);
    for (const name of readdirSync(from)) {
      if (name.endsWith('.brique.yaml')) cpSync(join(from, name), join(this.path, name));
    }
  }

  uri(name: string): string {
    return uriOf(join(this.path, `${name}.brique.yaml`));
  }

  read(name: string): string {
    return readFileSync(join(this.path, `${name}.brique.yaml`), 'utf8');
  }

  write(name: string, text: string): string {
    writeFileSync(join(this.path, `${name}.brique.yaml`), text);
    return this.uri(name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
