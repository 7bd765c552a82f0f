import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../protocol/command';
import { CommandFailure } from './failure';

/** Runs the language server on stdin and stdout, for any editor that speaks its protocol. */
export async function lsp(): Promise<number> {
  const bundled = join(__dirname, 'server.cjs');
  const file = existsSync(bundled) ? bundled : join(__dirname, '../server/main.ts');
  if (!existsSync(file)) throw new CommandFailure(`The language server is missing: ${file}`);
  const child = spawn(process.execPath, [...process.execArgv, file, '--stdio'], { stdio: 'inherit' });
  const stop = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? EXIT.cancelled;
}
