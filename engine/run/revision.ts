import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RunRecord } from '../../protocol/generated/run';

const run = promisify(execFile);

/** The git revision around a folder, and whether anything below the folder is not committed. Undefined outside git. */
export async function codeRevision(folder: string): Promise<RunRecord['code']> {
  const git = async (...args: string[]) =>
    (await run('git', args, { cwd: folder, timeout: 5000 })).stdout.trim();
  try {
    const [revision, status] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=normal', '--', '.'),
    ]);
    return { revision, modified: status !== '' };
  } catch {
    return undefined; // No git, no repository, or no commit yet.
  }
}
