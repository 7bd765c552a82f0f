/**
 * Chooses what a composition extends together with all else. First it is tried with the newest; where that leaves no
 * way, or something does not fit, compositions to extend are packages like others, chosen first, and what does not fit
 * with one version of them is passed over.
 */
import semver from 'semver';
import type { Gradual } from '../../gradual';
import type { ChosenNames } from '../../names/chosen-names';
import type { ModelDeclaration } from '../../names/declarations';
import { brickIn } from '../../names/reference';
import { pinnedFor } from '../lock/read';
import { explain } from '../resolver/explain';
import { relaxations } from '../resolver/relax';
import { type Solution, solve } from '../resolver/solve';
import { isBase, type Preferences, type Refutation, refutedBy } from '../resolver/universe';
import { BaseUniverse } from './base-universe';
import { type Base, type Extended, extended, type PassedOver } from './bases';
import { type Inference, misfitsIn } from './misfits';
import { type Asking, askedBy, askersOf, type PlacedRequest, requestsOf } from './requests';
import { type Resolved, resolving } from './resolve';

export interface ExtendedAsking extends Omit<Asking, 'declaration' | 'bases'> {
  /** As it is written, without what it extends. */
  model: ModelDeclaration;
}

export interface ResolvedExtended<I> extends Extended {
  /** Undefined where nothing comes from a registry. */
  resolved: Resolved<I> | undefined;
}

type Infer<I> = (declaration: ModelDeclaration, names: ChosenNames) => Gradual<I>;

/** Steps that are typed at most with other bases, and how often at least. */
const MOST_TYPED = 400;
const LEAST_TRIED = 4;
/** Newer versions at most of which it is said why they are passed over. */
const MOST_PASSED = 6;

export function* resolvingExtended<I extends Inference | undefined>(
  asking: ExtendedAsking,
  newest: Extended,
  infer: Infer<I>,
): Gradual<ResolvedExtended<I>> {
  const { model, ...rest } = asking;
  const first = yield* resolvedWith(rest, newest, infer);
  if (newest.bases.length === 0 || misfits(first, asking).length === 0) return first;
  return yield* new Extending(asking, infer).run(first);
}

function* resolvedWith<I extends Inference | undefined>(
  asking: Omit<Asking, 'declaration' | 'bases'>,
  { declaration, bases }: Extended,
  infer: Infer<I>,
): Gradual<ResolvedExtended<I>> {
  const resolved = yield* resolving({ ...asking, declaration, bases }, (names) => infer(declaration, names));
  return { declaration, bases, resolved };
}

/** One clause each; what it extends may be why. */
function misfits(
  { declaration, resolved }: ResolvedExtended<Inference | undefined>,
  { host, names: all, model }: ExtendedAsking,
): string[] {
  if (!declaration.complete) return ['something that it extends cannot be had'];
  const missing = askedBy(declaration).filter(
    ({ kind, reference }) =>
      reference.nameRange.start > model.text.length && all.find(kind, reference).status !== 'found',
  );
  if (missing.length > 0)
    return missing.map(
      ({ reference: { name, versionRange = '*' } }) => `no ${name} ${versionRange} can be had`,
    );
  if (resolved?.resolution.conflict) return resolved.resolution.conflict.explanation.lines.slice(0, 1);
  const { inference, names } = resolved ?? {};
  if (!inference || !names) return [];
  return misfitsIn(inference, (reference) => names.find('module', reference), host).map(
    ({ reason }) => reason,
  );
}

class Extending<I extends Inference | undefined> {
  private readonly universe: BaseUniverse;
  private readonly requests: readonly PlacedRequest[];
  private readonly refutations: Refutation[] = [];
  private readonly preferences: Preferences;

  constructor(
    private readonly asking: ExtendedAsking,
    private readonly infer: Infer<I>,
  ) {
    const { model, names, text } = asking;
    this.universe = new BaseUniverse(names, model);
    const locked = pinnedFor(asking.lock(), model.name?.value);
    const { reference } = model.base!;
    const base = {
      name: this.universe.slot(reference, []),
      range: reference.versionRange ?? '*',
      asker: askersOf({ declaration: model, text })(reference),
      reference,
    };
    const own = requestsOf({ ...asking, declaration: model, bases: [] }, this.universe, locked);
    this.requests = [...own, base];
    this.preferences = {
      locked: { get: (slot) => locked.get(isBase(slot) ? brickIn(slot) : slot) },
      isFirst: isBase,
      refute: refutedBy(this.refutations),
    };
  }

  /** What fits best, and of that the newest. */
  *run(first: ResolvedExtended<I>): Gradual<ResolvedExtended<I>> {
    let best: { found: ResolvedExtended<I>; wrong: number } | undefined;
    const steps = first.resolved?.inference?.graph.steps.size || 1;
    for (let tries = 0; tries < Math.max(LEAST_TRIED, MOST_TYPED / steps); tries++) {
      const solution = this.solve(this.requests);
      if (solution.status === 'unsolvable') return best?.found ?? this.unsolved(first, solution);
      const chain = this.universe.chain(solution.versions);
      const found = yield* this.resolvedAlong(chain.map(({ version }) => version));
      const wrong = misfits(found, this.asking);
      if (!best || wrong.length < best.wrong)
        best = { found: this.withReasons(found, chain), wrong: wrong.length };
      if (wrong.length === 0) break;
      const versions = new Map(chain.map(({ slot, version }) => [slot, [version]]));
      this.refutations.push({ versions, reason: wrong[0]! });
    }
    return best?.found ?? first;
  }

  private solve(requests: readonly PlacedRequest[]): Solution {
    return solve(this.universe, requests, this.preferences);
  }

  private *resolvedAlong(versions: readonly string[]): Gradual<ResolvedExtended<I>> {
    const { model, ...rest } = this.asking;
    let depth = 0;
    const along = extended(model, ({ name }) => rest.names.at('model', name, versions[depth++] ?? ''));
    return yield* resolvedWith(rest, along, this.infer);
  }

  private unsolved(
    first: ResolvedExtended<I>,
    solution: Extract<Solution, { status: 'unsolvable' }>,
  ): ResolvedExtended<I> {
    if (!first.resolved) return first;
    const { universe, requests, preferences } = this;
    const explanation = explain(solution.conflict, solution.table);
    const conflict = {
      explanation,
      relaxations: () => relaxations(universe, requests, explanation, preferences),
    };
    const resolution = { ...first.resolved.resolution, requests, universe, conflict };
    return { ...first, resolved: { ...first.resolved, resolution } };
  }

  /** Says of each base why it is not a newer one. */
  private withReasons(
    found: ResolvedExtended<I>,
    chain: readonly { slot: string; version: string }[],
  ): ResolvedExtended<I> {
    const bases = found.bases.map((base): Base => {
      const own = chain.find(
        ({ slot, version }) => brickIn(slot) === base.published.name && version === base.published.version,
      );
      const passedOver = own ? this.passedOver(own.slot, base) : [];
      return passedOver.length > 0 ? { ...base, passedOver } : base;
    });
    if (!found.resolved) return { ...found, bases };
    const resolution = { ...found.resolved.resolution, bases };
    return { ...found, bases, resolved: { ...found.resolved, resolution } };
  }

  private passedOver(slot: string, { published, request }: Base): PassedOver[] {
    const newer = (this.universe.releases(slot) ?? []).filter(
      ({ version, yanked }) =>
        !yanked &&
        !semver.prerelease(version) &&
        semver.satisfies(version, request.range) &&
        semver.gt(version, published.version),
    );
    newer.sort((a, b) => semver.rcompare(a.version, b.version));
    return newer.slice(0, MOST_PASSED).flatMap(({ version }) => {
      const reason = this.refusing(slot, version);
      return reason === undefined ? [] : [{ version, reason }];
    });
  }

  /** Why a version of a base cannot be had here, in words that no edit makes wrong. */
  private refusing(slot: string, version: string): string | undefined {
    const refuted = this.refutations.find(({ versions }) => versions.get(slot)?.includes(version));
    if (refuted) return refuted.reason;
    const { reference } = this.asking.model.base!;
    const pinned = { name: slot, range: version, asker: '', reference };
    const solution = this.solve([...this.requests, pinned]);
    if (solution.status === 'solved') return undefined;
    const { proof, requests } = explain(solution.conflict, solution.table);
    const facts = proof.slice(0, proof.length - requests.length);
    const file = this.asking.model.name?.value ?? 'this file';
    const asked = requests.filter(({ name }) => !isBase(name));
    return [...facts, ...asked.map(({ name, range }) => `${file} asks for ${name} ${range}`)]
      .slice(0, 3)
      .join(', and ');
  }
}
