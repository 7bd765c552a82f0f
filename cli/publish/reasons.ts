/** Why a brick cannot be published. All reasons are told at once. */

export interface Reason {
  /** A stable word for programs, such as `card-incomplete`. */
  code: string;
  message: string;
  help?: string;
}

export class Refused extends Error {
  constructor(readonly reason: Reason) {
    super(reason.message);
  }
}

export function refused(code: string, message: string, help?: string): never {
  throw new Refused({ code, message, ...(help === undefined ? {} : { help }) });
}
