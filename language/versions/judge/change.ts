/** What one change of a brick means for those who use it. */
import type { Location, TextEdit } from '../../answers/answers';
import type { Consumer, Witness } from './consumer';
import type { Pair } from './pair';

/**
 * What a user can hold on to. `call`: ports, params and labels; `load`: names and shapes of parameters; `space`: what
 * the numbers of an output mean; `train`: nodes and extension points that compositions name; `behave`: what it computes, and how
 * well.
 */
export const surfaces = ['call', 'load', 'space', 'train', 'behave'] as const;
export type Surface = (typeof surfaces)[number];

/** From nothing to the most. */
export const bumps = ['none', 'patch', 'minor', 'major'] as const;
export type Bump = (typeof bumps)[number];

/** The part of a brick that a change is about. */
export interface Subject {
  kind: 'input' | 'output' | 'param' | 'size' | 'state' | 'node' | 'point' | 'brick';
  name: string;
}

/** An edit of the new version that takes the change back, or makes it harmless. */
export interface ChangeFix {
  title: string;
  edits: TextEdit[];
}

export interface Candidate {
  subject: Subject;
  surface: Surface;
  bump: Exclude<Bump, 'none'>;
  message: string;
  /** Where it stands in the old version and in the new one. */
  old?: Location;
  next?: Location;
  /** Set where nothing but the weights is another. */
  byWeights?: boolean;
  /** Users that it may break, most telling first. A major change counts only when one of them really breaks. */
  consumers?: () => Iterable<Consumer>;
  /** What proves a major change that no check of a user's text can: a measured value, or a promise in writing. */
  evidence?: string;
  /** What it is where none of the consumers breaks; otherwise it is no more than a warning that counts as minor. */
  silent?: () => Pick<Candidate, 'surface' | 'bump' | 'evidence'>;
  /** Possible fixes; those that do not help are not offered. */
  fixes?: () => ChangeFix[];
}

/** One kind of change: one file in `rules/`. */
export interface ChangeRule {
  id: string;
  /** The change, in one line. */
  summary: string;
  /** Why it matters to a user. */
  why: string;
  find(pair: Pair): Candidate[];
}

export interface Change extends Omit<Candidate, 'consumers' | 'fixes' | 'silent'> {
  rule: string;
  /**
   * `error`: a major change, proved by its witness or its evidence. `warning`: one that no user's check sees; it counts
   * as major all the same where there is evidence.
   */
  severity: 'error' | 'warning' | 'information';
  witness?: Witness;
  fixes: () => ChangeFix[];
}

export function largest(all: Iterable<Bump>): Bump {
  let most = 0;
  for (const each of all) most = Math.max(most, bumps.indexOf(each));
  return bumps[most]!;
}

/** What is not proved is no reason for a new major number. */
export function countsAs({ bump, severity, evidence }: Change): Bump {
  return bump === 'major' && severity === 'warning' && evidence === undefined ? 'minor' : bump;
}

/** As far as a number must go that is not to break somebody's check. */
export function demands({ bump, severity }: Change): Bump {
  return bump === 'major' && severity === 'warning' ? 'minor' : bump;
}
