/** Which weights a part starts from and which it was trained on, followed through versions and runs. */
import type { InferredStep } from '../inference/graph';
import { isPretrained } from '../inference/pretrained';
import type { Release } from '../names/catalogue';
import type { PublishedParent, PublishedVersion } from '../names/published';
import { partLike, type RunFacts, type RunPartFacts } from '../names/runs';
import type { Analysis } from './rule';
import { runOf, weightsOf } from './trained-parts';

/** Weights of one brick, by all that tells them from others. */
export interface Held {
  /** Published files, by their hash. */
  shipped: ReadonlyMap<string, PublishedParent>;
  /** Hashes of files that runs have kept. */
  files: ReadonlySet<string>;
  /** Runs that trained them. */
  runs: ReadonlySet<string>;
  /** Hashes of the published files that they were before that. */
  before: ReadonlySet<string>;
}

/** Runs that took weights from runs are followed so far. */
const MOST_RUNS = 20;

/** Undefined where nobody can know. */
export function heldBy(
  analysis: Analysis,
  step: InferredStep,
  instead?: PublishedVersion,
): Held | 'fresh' | undefined {
  const name = brickOf(step);
  if ((weightsOf(step)?.value ?? 'fresh') === 'fresh') return 'fresh';
  const run = runOf(step);
  if (run) return after(analysis, factsOf(analysis, run.value), step.step.name, name);
  if (!isPretrained(step)) return undefined;
  const version = instead && instead.name === name ? instead.version : versionOf(step);
  const release = analysis.catalogue.release('module', name ?? '', version);
  return release && shippedWith(analysis, release);
}

/** What a part learnt on of a brick that feeds it; undefined where nobody can know. */
export function learntOn(analysis: Analysis, step: InferredStep, brick: string): Held | undefined {
  const run = runOf(step);
  if (run) return behind(analysis, factsOf(analysis, run.value), step.step.name, brickOf(step), brick);
  const release = isPretrained(step)
    ? analysis.catalogue.release('module', brickOf(step) ?? '', versionOf(step))
    : undefined;
  return release && releasedOn(analysis, release, brick);
}

/** Whether two are proved to be other weights: each may be known by what the other is not. */
export function areOthers(a: Held, b: Held): boolean {
  if (meet(a.shipped, b.shipped) || meet(a.files, b.files) || meet(a.runs, b.runs)) return false;
  return (
    (a.shipped.size > 0 && b.shipped.size > 0) ||
    (a.files.size > 0 && b.files.size > 0) ||
    meet(a.before, b.shipped) ||
    meet(b.before, a.shipped)
  );
}

export function brickOf({ target }: InferredStep): string | undefined {
  return target.kind === 'module' ? target.module.name?.value : undefined;
}

function versionOf({ target }: InferredStep): string {
  return target.kind === 'module' ? (target.module.version?.value ?? '') : '';
}

function factsOf({ host, source }: Analysis, run: string): RunFacts | undefined {
  const facts = host.run?.(source.file, run);
  return facts === 'unknown' ? undefined : facts;
}

/** What a run left in a part: what it has trained, else what that was before. */
function after(
  analysis: Analysis,
  facts: RunFacts | undefined,
  part: string,
  brick: string | undefined,
  depth = 0,
): Held | undefined {
  const own = facts && partLike(facts, part, brick);
  if (own?.weights === undefined || depth > MOST_RUNS) return undefined;
  const { from } = own;
  const start =
    from &&
    ('run' in from
      ? after(analysis, factsOf(analysis, from.run), own.name, brick, depth + 1)
      : held({ shipped: [from.published] }));
  if (from && own.isFrozen) return start;
  const before = start ? [...start.shipped.keys(), ...start.before] : [];
  return held({ files: [own.weights], runs: [facts!.id], before });
}

function shippedWith(analysis: Analysis, release: Release<'module'>): Held | undefined {
  const { name, version, hash, weights } = release.published;
  if (weights === undefined) return undefined;
  const run = release.trained()?.run;
  const left = run === undefined ? undefined : after(analysis, factsOf(analysis, run), '', name);
  return union([held({ shipped: [{ name, version, hash, weights }], runs: run ? [run] : [] }), left]);
}

/** What the part of a run was trained on there, of one brick. */
function behind(
  analysis: Analysis,
  facts: RunFacts | undefined,
  part: string,
  head: string | undefined,
  brick: string,
  depth = 0,
): Held | undefined {
  const own = facts && partLike(facts, part, head);
  if (!own || depth > MOST_RUNS) return undefined;
  if (own.isFrozen && own.from) return earlier(analysis, own.from, own, brick, depth + 1);
  const feeding = facts.parts.filter(
    ({ name, module, weights }) => module === brick && weights !== undefined && own.above.includes(name),
  );
  const all = feeding.map(({ name }) => after(analysis, facts, name, brick, depth + 1));
  return all.length === 0 || all.includes(undefined) ? undefined : union(all);
}

/** What a part was trained on that came into a run with its weights. */
function earlier(
  analysis: Analysis,
  from: NonNullable<RunPartFacts['from']>,
  { name, module }: RunPartFacts,
  brick: string,
  depth: number,
): Held | undefined {
  if ('run' in from) return behind(analysis, factsOf(analysis, from.run), name, module, brick, depth);
  const release = analysis.catalogue.release('module', module, from.published.version);
  return release?.published.weights === from.published.weights
    ? releasedOn(analysis, release, brick)
    : undefined;
}

function releasedOn(analysis: Analysis, release: Release<'module'>, brick: string): Held | undefined {
  const trained = release.trained();
  const own = trained?.parents.filter(({ name }) => name === brick) ?? [];
  const parents = own.map((parent) => ({ ...parent, weights: shippedAs(analysis, parent) }));
  if (!trained || parents.some(({ weights }) => weights === undefined)) return undefined;
  const known = parents.map((each) => ({ ...each, weights: each.weights! }));
  const facts = trained.run === '' ? undefined : factsOf(analysis, trained.run);
  const there = behind(analysis, facts, '', release.published.name, brick);
  if (known.length === 0) return there;
  return union([
    held({
      shipped: known.filter(({ tuned }) => !tuned),
      runs: trained.run === '' ? [] : [trained.run],
      before: known.flatMap(({ tuned, weights }) => (tuned ? [weights] : [])),
    }),
    there,
  ]);
}

/** Undefined where that version is not at hand, or is another one by now. */
function shippedAs({ catalogue }: Analysis, { name, version, hash }: PublishedParent): string | undefined {
  const found = catalogue
    .published(name)
    .versions.find((each) => each.version === version && each.hash === hash);
  return found?.weights;
}

interface Parts {
  shipped?: readonly (PublishedParent & { weights: string })[];
  files?: readonly string[];
  runs?: readonly string[];
  before?: readonly string[];
}

function held({ shipped = [], files = [], runs = [], before = [] }: Parts): Held {
  return {
    shipped: new Map(shipped.map((each) => [each.weights, each])),
    files: new Set(files),
    runs: new Set(runs),
    before: new Set(before),
  };
}

function union(all: readonly (Held | undefined)[]): Held {
  const known = all.filter((each) => each !== undefined);
  return {
    shipped: new Map(known.flatMap(({ shipped }) => [...shipped])),
    files: new Set(known.flatMap(({ files }) => [...files])),
    runs: new Set(known.flatMap(({ runs }) => [...runs])),
    before: new Set(known.flatMap(({ before }) => [...before])),
  };
}

function meet(a: ReadonlySet<string> | ReadonlyMap<string, unknown>, b: { has(key: string): boolean }) {
  return [...a.keys()].some((key) => b.has(key));
}
