import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const repository = join(__dirname, '..');

/** How Node reads TypeScript here: without the thread of loader hooks that `--import` starts. */
export const typescript = ['--require', require.resolve('tsx/cjs')];

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Keep the output back and show it only when the command fails. */
  quiet?: boolean;
  /** Told when a fault below the program's own code ended it, before the exit code is known. */
  onCrash?: (signal: NodeJS.Signals) => void;
}

const faults = new Set<NodeJS.Signals>(['SIGABRT', 'SIGBUS', 'SIGILL', 'SIGSEGV', 'SIGTRAP']);

/** Runs a command to its end and returns its exit code. */
export function exitCode(command: string, args: string[], options: RunOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? repository,
      env: { ...process.env, ...options.env },
      stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-8000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal && faults.has(signal)) options.onCrash?.(signal);
      if (options.quiet && code !== 0) process.stderr.write(output);
      resolve(signal ? 1 : (code ?? 1));
    });
  });
}

/** Runs a command that has to succeed. */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<void> {
  const code = await exitCode(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with exit code ${code}`);
}

/** The full path of a program on PATH, or undefined. */
export function which(program: string): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, program + ending);
      if (folder !== '' && existsSync(path)) return path;
    }
  }
  return undefined;
}

/** The npm that runs this script, else the one on PATH. */
export function npm(args: string[], options: RunOptions = {}): Promise<void> {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/** Where this Node's own headers lie, so that building an addon need not fetch them. */
export function nodeHeaders(): string | undefined {
  const prefix = join(process.execPath, '..', '..');
  return existsSync(join(prefix, 'include/node/node_api.h')) ? prefix : undefined;
}
