import type { Failure } from '../protocol/generated/run-event';

/** A run cannot go on, for a reason that a person can act on; shown as one message, never as a stack trace. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

export function fail(code: string, message: string, more: Omit<Failure, 'code' | 'message'> = {}): never {
  throw new EngineFailure({ code, message, ...more });
}

/** The failure that any thrown value stands for. */
export function failureOf(error: unknown): Failure {
  if (error instanceof EngineFailure) return error.failure;
  const { code, message, path, syscall } = error as NodeJS.ErrnoException;
  const system = SYSTEM_ERRORS[code ?? ''];
  if (system) {
    const where = path ? ` (${path})` : '';
    return { code: system.code, message: `${system.message}${where}`, help: system.help };
  }
  const text = message ?? String(error);
  return { code: syscall ? 'system' : 'internal', message: text };
}

const FREE_SPACE = 'Free some space; `brique train --resume <run>` then goes on from what is kept.';

const SYSTEM_ERRORS: Record<string, { code: string; message: string; help?: string }> = {
  ENOSPC: {
    code: 'disk-full',
    message: 'The disk is full, so the run stopped writing',
    help: FREE_SPACE,
  },
  EDQUOT: {
    code: 'disk-full',
    message: 'The disk quota is used up, so the run stopped writing',
    help: FREE_SPACE,
  },
  EFBIG: {
    code: 'file-too-large',
    message: 'A file became larger than the system allows, so the run stopped writing',
    help: 'Raise the limit (`ulimit -f unlimited`); `brique train --resume <run>` then goes on from what is kept.',
  },
  EACCES: { code: 'no-permission', message: 'No permission to read or write a file' },
  EPERM: { code: 'no-permission', message: 'No permission to read or write a file' },
  EROFS: { code: 'read-only', message: 'The file system is read-only' },
  ENOENT: { code: 'not-there', message: 'A file or folder is not there, or is a link that leads nowhere' },
  ENOTDIR: { code: 'not-a-folder', message: 'A file stands where a folder is needed' },
  EEXIST: { code: 'not-a-folder', message: 'A file stands where a folder is needed' },
  EMFILE: { code: 'too-many-files', message: 'Too many files are open on this machine' },
  EIO: { code: 'input-output', message: 'The disk reported an error' },
};
