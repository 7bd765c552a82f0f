/** `brique test` as a process that tells what happens line by line. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CancellationToken } from 'vscode';
import type { TestEvent } from '../../protocol/tests';
import { nodeRuntime, type Programs } from '../programs';

/**
 * Runs the tests of the named bricks, or of all in the folder; resolves with what went wrong besides tests that failed,
 * such as a file that is not there. `folder` is where the names in events start.
 */
export function runTestProcess(
  programs: Programs,
  folder: string,
  bricks: string[],
  token: CancellationToken,
  onEvent: (event: TestEvent) => void,
): Promise<string | undefined> {
  const node = nodeRuntime();
  const args = [programs.brique, 'test', ...bricks, '--format', 'events', '--root', folder];
  const child = spawn(node.path, args, {
    cwd: folder,
    env: { ...process.env, ...node.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const cancelling = token.onCancellationRequested(() => child.kill('SIGINT'));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  let ended = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as TestEvent;
    ended ||= event.type === 'tests_ended';
    onEvent(event);
  });
  return new Promise((resolve) => {
    const finish = (problem: string | undefined) => {
      cancelling.dispose();
      resolve(problem);
    };
    child.on('error', (error) => finish(error.message));
    child.on('close', (code) => {
      const isFine = ended || token.isCancellationRequested;
      finish(isFine ? undefined : errors.trim() || `brique test ended with code ${code}`);
    });
  });
}
