import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const command = join(__dirname, '../../dist/brique.cjs');

/** The command is tested as it is shipped. */
export function needsBundle(): void {
  before(() => {
    if (!existsSync(command)) throw new Error('dist/brique.cjs is missing: run node esbuild.mjs first');
  });
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves when stderr has said so much. */
  said(pattern: RegExp): Promise<void>;
}

/** Starts `brique` in a folder, on the embedded engine unless another one is named. */
export function start(folder: string, ...args: string[]): Started {
  const isRun = args[0] === 'train' || args[0] === 'evaluate';
  const engine = isRun && !args.includes('--engine') ? ['--engine', 'eager'] : [];
  const child = spawn(process.execPath, [command, ...args, ...engine], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
  });
  let [stdout, stderr] = ['', ''];
  const waiting: (() => void)[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
    for (const wake of waiting.splice(0)) wake();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
      for (const wake of waiting.splice(0)) wake();
    });
  });
  return {
    child,
    ended,
    async said(pattern) {
      while (!pattern.test(stderr)) {
        if (child.exitCode !== null) throw new Error(`ended without saying ${pattern}: ${stderr}`);
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

export function brique(folder: string, ...args: string[]): Promise<Ended> {
  return start(folder, ...args).ended;
}
