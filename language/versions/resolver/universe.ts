/** What can be chosen from: packages, their versions, and what each version asks for. */

/** One published version (or one workspace source) of a package. */
export interface Release {
  version: string;
  requires: readonly Requirement[];
  /** Withdrawn: chosen only where it is already locked. */
  yanked?: boolean;
  /** A source of the workspace: chosen before anything published, if it is in the range. */
  local?: boolean;
}

export interface Requirement {
  /** The package asked for. */
  name: string;
  /** A semver range as written; for a shared resource, the one value that will do. */
  range: string;
}

/** A requirement of the composition itself, with who asks for it. */
export interface Request extends Requirement {
  /** Who asks, for people: `line 8`, `encoder (line 8)`. */
  asker: string;
}

export interface Universe {
  /** All releases of a package; undefined when no source knows the name. Always the same list for the same name. */
  releases(name: string): readonly Release[] | undefined;
}

/** Why some versions cannot be used together although every range allows it: a wire that does not fit. */
export interface Refutation {
  /** The versions that do not go together, by package; all of them are needed to make the contradiction. */
  versions: ReadonlyMap<string, readonly string[]>;
  /** One clause: `encoder 3.0.0 gives 1024 where head 1.5.0 takes 768`. */
  reason: string;
}

export interface Preferences {
  /** Versions to keep where they still fit. */
  locked?: { get(name: string): string | undefined };
  /** Whether it is to be chosen before all others. */
  isFirst?(name: string): boolean;
  /**
   * Asked after each choice, with everything chosen so far; says why the newest choice cannot be. Its answer must
   * involve `newest`, and must be the same for the same versions.
   */
  refute?(chosen: ReadonlyMap<string, string>, newest: string): Refutation | undefined;
}

/** A `refute` that knows these. */
export function refutedBy(refutations: readonly Refutation[]): NonNullable<Preferences['refute']> {
  return (chosen, newest) =>
    refutations.find(
      ({ versions }) =>
        versions.has(newest) && [...versions].every(([slot, all]) => all.includes(chosen.get(slot) ?? '')),
    );
}

const BASE = ' as base of ';

/** Where the version of something is chosen that is extended by a file, through those that lead to it. */
export function baseSlot(name: string, path: readonly string[]): string {
  return `${name}${BASE}${['it', ...path].join(' ')}`;
}

export function isBase(slot: string): boolean {
  return slot.includes(BASE);
}

/** As people call it, who need not know by whom it is extended. */
export function shownSlot(slot: string): string {
  return slot.split(BASE, 1)[0]!;
}
