/** Other programs that installing needs. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Environment {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** Ends the program. */
  signal?: AbortSignal;
}

/** Runs a program to its end and gives what it wrote to stdout. Throws with the end of what it said where it fails. */
export function output(program: string, args: string[], { cwd, env, signal }: Environment): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      signal,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // There, npm is a script for the shell.
      shell: process.platform === 'win32' && program === 'npm',
    });
    let [stdout, said] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
      said = (said + chunk).slice(-3000);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk).slice(-3000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${program} ${args[0] ?? ''} ended with code ${code}:\n${said.trim()}`));
    });
  });
}

/** The full path of a program, on PATH where it is a mere name; undefined where it is not there. */
function which(program: string): string | undefined {
  if (/[\\/]/.test(program)) return existsSync(program) ? program : undefined;
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, program + ending);
      if (folder !== '' && existsSync(path)) return path;
    }
  }
  return undefined;
}

/** Fails, naming those that are missing. */
export function needPrograms(programs: string[]): void {
  const missing = programs.filter((program) => !which(program));
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`);
}
