import type { VersionSet } from './version-set';

/** Why a set of versions cannot go together. */
export type Cause =
  | { kind: 'request'; name: string; range: string; asker: string; order: number }
  | { kind: 'requirement'; of: string; name: string; range: string; known: boolean }
  | { kind: 'yanked'; of: string }
  | { kind: 'refuted'; reason: string }
  | { kind: 'derived'; from: readonly [Incompatibility, Incompatibility] };

/** Not all of the terms can hold at once. No terms at all: there is no solution. */
export interface Incompatibility {
  /** By package: the versions it would have to be among. */
  terms: ReadonlyMap<string, VersionSet>;
  cause: Cause;
}
