/**
 * Compares a brick with a released version of itself, and says how far its version number has to go. Every major change
 * comes with a witness: a user of the old version that the checker finds nothing wrong with, and finds wrong with the
 * new one; what is measured, or promised in numbers, has these for its evidence. What may break somebody, but has neither,
 * is a warning.
 */
import type { SourceFile } from '../../names/source-file';
import { SourceFile as Source } from '../../names/source-file';
import type { Host } from '../../rules/rule';
import { applyEdits } from '../../syntax/edits';
import { goesFarEnough, leastVersion } from './bump';
import {
  type Bump,
  type Candidate,
  type Change,
  type ChangeFix,
  countsAs,
  demands,
  largest,
  type Surface,
  surfaces,
} from './change';
import { Pair } from './pair';
import { placeOf } from './places';
import { prove } from './prove';
import { changeRules } from './rules/rules';
import type { BrickVersion } from './version';

export interface Verdict {
  name: string;
  old: string;
  next: string;
  /** In the order of the rules. */
  changes: Change[];
  surfaces: Record<Surface, Bump>;
  /** The most of all surfaces; what is not proved counts as minor. */
  required: Bump;
  /** The least version that may follow; undefined where the old one has none. */
  least: string | undefined;
  /** Whether the new version is at least that; undefined where one of them has no version. */
  enough: boolean | undefined;
  /** Whether it goes as far as what breaks somebody's check demands; the rest is advice. */
  tolerable: boolean | undefined;
  /** Whether something could be decided for no size. */
  unverified: boolean;
}

export interface Surroundings {
  /** The bricks that either version is made of; other versions of the brick itself are left out. */
  sources: Iterable<SourceFile>;
  host?: Host;
}

/** Undefined where one of the two is no brick with a name. */
export function judge(old: BrickVersion, next: BrickVersion, around: Surroundings): Verdict | undefined {
  const sources = [...around.sources];
  const host = around.host ?? {};
  const pair = Pair.of(old, next, sources, host);
  return pair && verdictOf(pair, (edited) => Pair.of(old, { ...next, source: edited }, sources, host));
}

function verdictOf(pair: Pair, edited: (source: SourceFile) => Pair | undefined): Verdict {
  const changes = changesOf(pair, edited);
  const numbers = [pair.old, pair.next].map(({ module }) => module.version?.value ?? '');
  const [old, next] = [numbers[0]!, numbers[1]!];
  if (old === next && changes.length > 0) changes.unshift(contentChanged(pair, old));
  const bySurface = Object.fromEntries(
    surfaces.map((surface) => [
      surface,
      largest(changes.filter((change) => change.surface === surface).map(countsAs)),
    ]),
  ) as Record<Surface, Bump>;
  const required = largest(Object.values(bySurface));
  return {
    name: pair.name,
    old,
    next,
    changes,
    surfaces: bySurface,
    required,
    least: leastVersion(old, required),
    enough: goesFarEnough(old, next, required),
    tolerable: goesFarEnough(old, next, largest(changes.map(demands))),
    unverified: pair.signatures.forth.open,
  };
}

function changesOf(pair: Pair, edited: (source: SourceFile) => Pair | undefined): Change[] {
  const changes = changeRules.flatMap((rule) =>
    rule.find(pair).map((candidate): Change => {
      const { consumers: _, fixes, silent, ...rest } = candidate;
      const witness = witnessOf(pair, candidate);
      const isSilent = silent !== undefined && !witness;
      const place = pair.migrated && rest.old ? { old: pair.migrated.written(rest.old) } : {};
      const change = { ...rest, ...place, ...(isSilent ? silent() : {}) };
      const isProved = witness !== undefined || (change.evidence !== undefined && !isSilent);
      const severity = change.bump !== 'major' ? 'information' : isProved ? 'error' : 'warning';
      const helps = (fix: ChangeFix) => {
        const after = edited(withEdits(pair, fix));
        return after !== undefined && !isThere(after, rule.id, candidate);
      };
      return {
        ...change,
        rule: rule.id,
        severity,
        ...(witness ? { witness } : {}),
        fixes: () => (fixes?.() ?? []).filter((fix) => fix.edits.length > 0 && helps(fix)),
      };
    }),
  );
  const isOnlyText = changes.every(({ rule }) => rule === 'docs-changed');
  return isOnlyText ? changes : changes.filter(({ rule }) => rule !== 'docs-changed');
}

/** Proofs that are tried at most for one change. */
const mostProofs = 12;

function witnessOf(pair: Pair, { bump, consumers }: Candidate) {
  if (bump !== 'major' || !consumers) return undefined;
  let tried = 0;
  for (const consumer of consumers()) {
    const witness = prove(pair, consumer);
    if (witness) return witness;
    tried += 1;
    if (tried >= mostProofs) return undefined;
  }
  return undefined;
}

function withEdits({ next: { source } }: Pair, { edits }: ChangeFix): SourceFile {
  return new Source(source.file, applyEdits(source.text, edits), source.origin);
}

function isThere(pair: Pair, rule: string, { subject, message }: Candidate): boolean {
  const found = changeRules.find(({ id }) => id === rule)!.find(pair);
  return found.some((one) => one.subject.name === subject.name && one.message === message);
}

function contentChanged(pair: Pair, version: string): Change {
  return {
    rule: 'released-content-changed',
    subject: { kind: 'brick', name: 'version' },
    surface: 'behave',
    bump: 'patch',
    severity: 'error',
    message: `${version} is released, and this is something else`,
    old: placeOf(pair.old, ['version']),
    next: placeOf(pair.next, ['version']),
    fixes: () => [],
  };
}
