/** Something a person asked of a registry cannot be done; shown as one message, never as a stack trace. */
export class RegistryFailure extends Error {
  override readonly name = 'RegistryFailure';

  constructor(
    /** A stable word for programs, such as `already-published`. */
    readonly code: string,
    message: string,
    readonly help?: string,
  ) {
    super(message);
  }
}

export function refuse(code: string, message: string, help?: string): never {
  throw new RegistryFailure(code, message, help);
}

const UNWRITABLE: Record<string, string> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'it is mounted for reading only',
};

/** What the system refuses is told about the registry, not about the folder in it where a publisher works. */
export function unwritable(registry: string, error: unknown): unknown {
  const why = UNWRITABLE[codeOf(error) ?? ''];
  return why === undefined
    ? error
    : new RegistryFailure(
        'not-writable',
        `The registry ${registry} cannot be written: ${why}`,
        'Ask whoever keeps it, or name another one under `registries` in the workspace file.',
      );
}

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
