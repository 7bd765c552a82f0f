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

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
