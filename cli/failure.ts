import { EXIT } from '../protocol/command';

/** The command ends here, with one message and an exit code. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    message: string,
    readonly exitCode: number = EXIT.misuse,
    readonly help?: string,
    /** More for programs, beside message and help. */
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }
}
