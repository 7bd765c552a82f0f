import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EXIT } from '../protocol/command';
import { CommandFailure } from './failure';

/** Becomes the language server, on stdin and stdout, for any editor that speaks its protocol; it ends the process. */
export function lsp(): number {
  const bundled = join(__dirname, 'server.cjs');
  const file = existsSync(bundled) ? bundled : join(__dirname, '../server/main.ts');
  if (!existsSync(file)) throw new CommandFailure(`The language server is missing: ${file}`);
  createRequire(__filename)(file);
  return EXIT.fine;
}
