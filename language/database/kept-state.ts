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
  facts: [fact: string, value: string][];
  /** Places in `files` and `facts`. */
  found: [file: number, origin: Origin, findings: Finding[], facts: number[]][];
}

export const NOTHING_KEPT: KeptState = { files: [], facts: [], found: [] };

export type KeptFile = [file: string, text: string, interfaceKey: string, insideKey: string];

const ORIGINS: ReadonlySet<unknown> = new Set<Origin>(['workspace', 'library', 'registry']);
const SEVERITIES: ReadonlySet<unknown> = new Set<Finding['severity']>([
  'error',
  'warning',
  'information',
  'hint',
]);
const TAGS: ReadonlySet<unknown> = new Set<NonNullable<Finding['tags']>[number]>([
  'unnecessary',
  'deprecated',
]);

/** Whatever it is that was read; undefined where it is no such state. */
export function keptStateIn(json: unknown): KeptState | undefined {
  if (!isRecord(json)) return undefined;
  const { files, facts, found } = json;
  const isState =
    isList(files, (file) => isTexts(file, 4)) &&
    isList(facts, (fact) => isTexts(fact, 2)) &&
    isList(found, (each) => isFound(each, files.length, facts.length));
  return isState ? ({ files, facts, found } as KeptState) : undefined;
}

function isFound(value: unknown, files: number, facts: number): boolean {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [file, origin, findings, rests] = value as unknown[];
  return (
    isPlace(file, files) &&
    ORIGINS.has(origin) &&
    isList(findings, isFinding) &&
    isList(rests, (fact) => isPlace(fact, facts))
  );
}

function isFinding(value: unknown): boolean {
  if (!isLocation(value)) return false;
  const { rule, severity, help, tags, related } = value;
  return (
    typeof rule === 'string' &&
    SEVERITIES.has(severity) &&
    isList(related, isLocation) &&
    (help === undefined || typeof help === 'string') &&
    (tags === undefined || isList(tags, (tag) => TAGS.has(tag)))
  );
}

function isLocation(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  const { file, message, range } = value;
  return typeof file === 'string' && typeof message === 'string' && isRange(range);
}

function isRange(value: unknown): boolean {
  return isRecord(value) && isPlace(value.start, Infinity) && isPlace(value.end, Infinity);
}

function isPlace(value: unknown, end: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < end;
}

function isTexts(value: unknown, length: number): boolean {
  return isList(value, (each) => typeof each === 'string') && value.length === length;
}

function isList(value: unknown, holds: (each: unknown) => boolean): value is unknown[] {
  return Array.isArray(value) && value.every(holds);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
