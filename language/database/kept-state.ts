/**
 * What was found, as it is kept between two sessions. It stands for itself: of everything that a finding rests on it
 * has a fingerprint, so that nothing has to be parsed to tell whether the finding still holds.
 */
import type { Finding } from '../answers/answers';
import type { Origin } from '../names/source-file';

export interface KeptState {
  /** Files, with the fingerprints of their text, of what they promise and of what is computed in them. */
  files: KeptFile[];
  /** Facts and what each of them came down to. */
  facts: KeptFact[];
  /** Places in `files` and `facts`. */
  found: KeptFound[];
}

export const NOTHING_KEPT: KeptState = { files: [], facts: [], found: [] };

export type KeptFile = [file: string, text: string, interfaceKey: string, insideKey: string];
export type KeptFact = [fact: string, value: string];
export type KeptFound = [file: number, origin: Origin, findings: Finding[], facts: number[]];
