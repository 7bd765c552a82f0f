/**
 * Chooses the versions of everything that a file is made of, together. Ranges come first; then the file is typed with
 * what was chosen, and where a wire does not fit, that is one more reason why some versions cannot be used together.
 */
import type { Gradual } from '../../gradual';
import type { Lookup, Names } from '../../names/catalogue';
import { ChosenNames } from '../../names/chosen-names';
import { type BrickReference, brickIn } from '../../names/reference';
import { pinnedFor } from '../lock/read';
import { type Explanation, explain } from '../resolver/explain';
import { type Relaxation, relaxations } from '../resolver/relax';
import { type Solution, solve } from '../resolver/solve';
import { type Preferences, type Refutation, refutedBy, type Universe } from '../resolver/universe';
import type { Base } from './bases';
import { fewest } from './fewest';
import { type Inference, misfitsIn, type WireMisfit } from './misfits';
import { type Asking, asksRegistry, type PlacedRequest, requestsOf, universeOf } from './requests';

export interface Resolution {
  /** By slot; empty where there is no solution. */
  versions: ReadonlyMap<string, string>;
  requests: readonly PlacedRequest[];
  /** What it extends, which says what there is to choose. */
  bases: readonly Base[];
  universe: Universe;
  preferences: Preferences;
  /** Why versions were passed over that every range allows. */
  refutations: readonly Refutation[];
  conflict?: { explanation: Explanation; relaxations(): Relaxation[] };
}

export interface Resolved<I> {
  resolution: Resolution;
  names: ChosenNames;
  /** The file, typed with these names. */
  inference: I;
}

/** Steps that are typed while versions are tried; those with equal interfaces are tried once. */
const MOST_TYPED = 600;
const LEAST_TRIED = 12;

function findIn(names: Names): (reference: BrickReference) => Lookup<'module'> {
  return (reference) => names.find('module', reference);
}

/** The names of a file for which this was chosen. */
export function namesOf(
  names: Names,
  { versions, bases }: Pick<Resolution, 'versions' | 'bases'>,
  hidden?: ReadonlySet<string>,
): ChosenNames {
  const chosen = bases.map(({ published }) => [published.name, published.version] as const);
  return new ChosenNames(names, new Map([...versions, ...chosen]), hidden);
}

/** Undefined, without having solved anything, where nothing comes from a registry. */
export function* resolving<I extends Inference | undefined>(
  asking: Asking,
  infer: (names: ChosenNames) => Gradual<I>,
): Gradual<Resolved<I> | undefined> {
  if (asking.bases.length === 0 && !asksRegistry(asking.declaration, asking.names)) return undefined;
  return yield* new Resolver(asking, infer).run();
}

class Resolver<I extends Inference | undefined> {
  private readonly universe: Universe;
  private readonly requests: readonly PlacedRequest[];
  private readonly refutations: Refutation[] = [];
  private readonly preferences: Preferences;

  constructor(
    private readonly asking: Asking,
    private readonly infer: (names: ChosenNames) => Gradual<I>,
  ) {
    this.universe = universeOf(asking.names);
    const locked = pinnedFor(asking.lock(), asking.declaration.name?.value);
    this.requests = requestsOf(asking, this.universe, locked);
    this.preferences = {
      locked,
      refute: refutedBy(this.refutations),
    };
  }

  *run(): Gradual<Resolved<I>> {
    const first = this.solve();
    if (first.status === 'unsolvable') return yield* this.unsolved(first);
    const start = yield* this.typed(first.versions);
    let current = start;
    for (let tries = 0; ; tries++) {
      const misfit = yield* this.refutable(current);
      if (!misfit) return current;
      this.refutations.push(misfit);
      const most = Math.max(LEAST_TRIED, MOST_TYPED / (current.inference?.graph.steps.size || 1));
      const next = tries < most ? this.solve() : undefined;
      // Whatever is chosen, it does not fit: the wires themselves say best what is wrong.
      if (next?.status !== 'solved') {
        this.refutations.length = 0;
        return start;
      }
      current = yield* this.typed(next.versions);
    }
  }

  private solve(): Solution {
    return solve(this.universe, this.requests, this.preferences);
  }

  private *unsolved(solution: Extract<Solution, { status: 'unsolvable' }>): Gradual<Resolved<I>> {
    const explanation = explain(solution.conflict, solution.table);
    const { universe, requests, preferences } = this;
    const { resolution, ...rest } = yield* this.typed(new Map());
    const conflict = {
      explanation,
      relaxations: () => relaxations(universe, requests, explanation, preferences),
    };
    return { ...rest, resolution: { ...resolution, conflict } };
  }

  private *typed(versions: ReadonlyMap<string, string>): Gradual<Resolved<I>> {
    const { universe, requests, refutations, preferences } = this;
    const { bases } = this.asking;
    const names = this.namesWith(versions);
    return {
      resolution: { versions, requests, bases, universe, refutations, preferences },
      names,
      inference: yield* this.infer(names),
    };
  }

  private namesWith(versions: ReadonlyMap<string, string>, hidden?: ReadonlySet<string>): ChosenNames {
    return namesOf(this.asking.names, { versions, bases: this.asking.bases }, hidden);
  }

  /** The first misfit that other versions may not have, with the versions that it takes. */
  private *refutable({
    inference,
    names,
    resolution: { versions },
  }: Resolved<I>): Gradual<Refutation | undefined> {
    const misfits = inference ? misfitsIn(inference, findIn(names), this.asking.host) : [];
    if (misfits.length === 0) return undefined;
    const named = new Set(this.requests.map(({ name }) => name));
    for (const misfit of misfits) {
      const open = [...versions].flatMap(([slot, version]) => {
        const isSeen = misfit.isInside || named.has(slot);
        const others = (this.universe.releases(slot) ?? []).length;
        return isSeen && others > this.alike(misfit, slot, version).length ? [slot] : [];
      });
      if (open.length === 0) continue;
      const involved = misfit.isInside ? this.within(misfit.slots, versions) : misfit.slots;
      const near = open.filter((slot) => involved.has(slot));
      const blamed = yield* this.blamed(misfit, near, open, versions);
      if (blamed.length > 0) return this.refutation(misfit, blamed, versions);
    }
    return undefined;
  }

  /** Those of the bricks without which it would not be seen; what is unknown proves nothing. */
  private *blamed(
    misfit: WireMisfit,
    near: string[],
    open: string[],
    versions: ReadonlyMap<string, string>,
  ): Gradual<string[]> {
    const holds = (seen: readonly string[]) => this.holds(misfit, seen, open, versions);
    // What is wrong with nothing of them in sight is not due to them.
    if (yield* holds([])) return [];
    return yield* fewest(near.length < open.length && (yield* holds(near)) ? near : open, holds);
  }

  private *holds(
    { id }: WireMisfit,
    seen: readonly string[],
    open: readonly string[],
    versions: ReadonlyMap<string, string>,
  ): Gradual<boolean> {
    const hidden = new Set(open.filter((slot) => !seen.includes(slot)));
    const names = this.namesWith(versions, hidden);
    const inference = yield* this.infer(names);
    return (
      inference !== undefined &&
      misfitsIn(inference, findIn(names), this.asking.host).some((each) => each.id === id)
    );
  }

  /** Slots, and those of what their bricks are made of. */
  private within(slots: ReadonlySet<string>, versions: ReadonlyMap<string, string>): Set<string> {
    const all = new Set(slots);
    // Grows while it is gone through.
    for (const slot of all) {
      const release = this.universe.releases(slot)?.find(({ version }) => version === versions.get(slot));
      for (const { name } of release?.requires ?? []) all.add(name);
    }
    return all;
  }

  private refutation(
    misfit: WireMisfit,
    blamed: readonly string[],
    versions: ReadonlyMap<string, string>,
  ): Refutation {
    const whose = blamed.map((slot) => `${slot} ${versions.get(slot)}`).join(' and ');
    return {
      versions: new Map(blamed.map((slot) => [slot, this.alike(misfit, slot, versions.get(slot)!)])),
      reason: `with ${whose}, ${misfit.reason}`,
    };
  }

  /** Versions that promise the same as this one, and so have the same misfits, unless those are inside. */
  private alike({ isInside }: WireMisfit, slot: string, version: string): string[] {
    const { versions } = this.asking.names.published(brickIn(slot));
    const own = versions.find((each) => each.version === version);
    const isLocal = this.universe.releases(slot)?.some((each) => each.local && each.version === version);
    if (!own || isLocal || isInside) return [version];
    return versions.filter((each) => each.interface === own.interface).map((each) => each.version);
  }
}
