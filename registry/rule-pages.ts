import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The file that explains a rule, in `docs/rules` beside the bundles' folder; undefined where it is not shipped. */
export function rulePage(rule: string): string | undefined {
  const file = join(__dirname, '..', 'docs', 'rules', `${rule}.md`);
  return existsSync(file) ? file : undefined;
}
