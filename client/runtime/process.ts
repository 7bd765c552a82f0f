/** `brique runtime` as a process. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CancellationToken } from 'vscode';
import { nodeRuntime, type Programs } from '../programs';

export interface RuntimeEnd {
  /** What it printed on stdout; undefined where it failed. */
  document?: unknown;
  /** What it said of its failure, or all that it said. */
  said: string;
}

/** Runs `brique runtime …` to its end. Each line that it says on the way is handed on. */
export function runtimeProcess(
  { brique }: Programs,
  args: string[],
  folder: string | undefined,
  token?: CancellationToken,
  onLine: (line: string) => void = () => undefined,
): Promise<RuntimeEnd> {
  const node = nodeRuntime();
  const child = spawn(node.path, [brique, 'runtime', ...args, '--json'], {
    cwd: folder,
    env: { ...process.env, ...node.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const cancelling = token?.onCancellationRequested(() => child.kill('SIGTERM'));
  let [stdout, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    said += `${line}\n`;
    onLine(line);
  });
  return new Promise((resolve) => {
    const finish = (end: RuntimeEnd) => {
      cancelling?.dispose();
      resolve(end);
    };
    child.on('error', (error) => finish({ said: error.message }));
    child.on('close', (code) => finish(code === 0 ? { document: JSON.parse(stdout), said } : { said }));
  });
}
