import { locatedText } from '../../names/located';
import { lineMap } from '../../syntax/lines';
import { parse } from '../../syntax/parse';
import { asNumber, entriesOf, get, keyOf } from '../../syntax/path';
import type { TreeNode } from '../../syntax/tree';
import { type Lock, type LockEntry, type LockProblem, lockedFor, sortedEntries } from './lock';

/** What git leaves in a file that it could not merge. */
const MARKER = /^(<{7}|\|{7}|={7}|>{7})( |\r?$)/m;

export type ReadLock = { lock: Lock } | { problem: LockProblem };

export function readLock(text: string): ReadLock {
  const marker = MARKER.exec(text);
  if (marker) return broken(text, marker.index, 'git has left both sides of a merge in it');
  const { root, problems } = parse(text);
  const [first] = problems;
  if (first) return broken(text, first.range.start, first.message);
  const format = asNumber(get(root, 'lock'));
  if (format !== 1) {
    const message = 'it is not of format 1, the only one that this version of Brique reads';
    return {
      problem: { line: 1, message, ...(format !== undefined && format > 1 ? { isLater: true } : {}) },
    };
  }
  const entries: LockEntry[] = [];
  for (const entry of entriesOf(get(root, 'versions'))) {
    const read = entryOf(keyOf(entry), entry.value);
    if (typeof read === 'string') return broken(text, entry.key.range.start, read);
    entries.push(read);
  }
  return { lock: { entries: sortedEntries(entries) } };
}

/** What is pinned for a file; nothing where there is no lock that can be read, or the file has no name. */
export function pinnedFor(read: ReadLock | undefined, file: string | undefined): ReadonlyMap<string, string> {
  return read && 'lock' in read && file !== undefined ? lockedFor(read.lock, file) : NOTHING;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Of a lock that git could not merge what either side has, so that it can be made anew. */
export function mergedLock(text: string): Lock {
  const entries = new Map<string, LockEntry>();
  for (const whole of [side(text, 'ours'), side(text, 'theirs')])
    for (const entry of readableIn(whole)) {
      const key = `${entry.name}@${entry.version}`;
      const known = entries.get(key);
      entries.set(key, known ? { ...known, asked: new Map([...known.asked, ...entry.asked]) } : entry);
    }
  return { entries: sortedEntries([...entries.values()]) };
}

/** All entries, or of a lock that is damaged those that stand for themselves: a merge may bring one twice. */
function readableIn(text: string): readonly LockEntry[] {
  const whole = readLock(text);
  if ('lock' in whole) return whole.lock.entries;
  const blocks = text.split(/^(?= {2}\S.*:\s*$)/m).slice(1);
  return blocks.flatMap((block) => {
    const read = readLock(`lock: 1\nversions:\n${block}`);
    return 'lock' in read ? read.lock.entries : [];
  });
}

function side(text: string, wanted: 'ours' | 'theirs'): string {
  let current: 'both' | 'ours' | 'base' | 'theirs' = 'both';
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    const [, marker] = MARKER.exec(line) ?? [];
    if (marker === undefined) {
      if (current === 'both' || current === wanted) kept.push(line);
    } else if (marker.startsWith('<')) current = 'ours';
    else if (marker.startsWith('|')) current = 'base';
    else current = marker.startsWith('=') ? 'theirs' : 'both';
  }
  return kept.join('\n');
}

function entryOf(key: string, node: TreeNode | undefined): LockEntry | string {
  const at = key.lastIndexOf('@');
  if (at < 1) return `\`${key}\` is not \`name@version\``;
  const hash = locatedText(get(node, 'hash'))?.value;
  if (hash === undefined) return `\`${key}\` has no hash`;
  const optional = (name: string, as = name) => {
    const value = locatedText(get(node, name))?.value;
    return value === undefined ? {} : { [as]: value };
  };
  return {
    name: key.slice(0, at),
    version: key.slice(at + 1),
    hash,
    ...optional('from'),
    ...optional('interface'),
    ...optional('weights'),
    ...optional('passed_over', 'passedOver'),
    asked: textsIn(get(node, 'asked')),
    trainedAgainst: textsIn(get(node, 'trained_against')),
  };
}

function textsIn(node: TreeNode | undefined): Map<string, string> {
  return new Map(
    entriesOf(node).flatMap((entry): [string, string][] => {
      const value = locatedText(entry.value)?.value;
      return value === undefined ? [] : [[keyOf(entry), value]];
    }),
  );
}

function broken(text: string, offset: number, message: string): ReadLock {
  return { problem: { line: lineMap(text).place(offset).line + 1, message } };
}
