import type { Place } from '../../language/plan/format';

/** An instruction failed while a program ran. `instruction` is its id, `node` the plan node it was lowered from. */
export class ExecutionError extends Error {
  override readonly name = 'ExecutionError';
  constructor(
    message: string,
    readonly instruction?: number,
    readonly node?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The plan asks for something that this engine cannot do. Found before anything runs. */
export class UnsupportedByEngine extends Error {
  override readonly name = 'UnsupportedByEngine';
  constructor(
    message: string,
    readonly at: Place,
  ) {
    super(message);
  }
}
