import type { Candidate, ChangeFix, ChangeRule } from '../change';
import { loading } from '../loading';
import type { Pair } from '../pair';
import { inserted, place, quoted } from '../places';
import type { StateEntry } from '../state';

export const stateKeysChanged: ChangeRule = {
  id: 'state-keys-changed',
  summary: 'Weights have other names or other sizes.',
  why: 'Weights that were trained with the old version can no longer be loaded. `renames` leads nodes to their new names.',
  find(pair) {
    const { old, next, formerly } = pair;
    const [before, after] = [pair.stateOf(old), pair.stateOf(next)];
    if (!before || !after) return [];
    const now = new Map([...after.values()].map((entry) => [formerly(entry.key), entry]));
    const gone = [...before.values()].filter(({ key }) => !now.has(key));
    const added = [...now].filter(([key]) => !before.has(key)).map(([, entry]) => entry);
    const found: Candidate[] = byNode(gone).map(([node, entries]) => ({
      subject: { kind: 'state', name: node },
      surface: 'load',
      bump: 'major',
      message: `${keys(entries)} of \`${node}\` ${entries.length === 1 ? 'is' : 'are'} gone, so weights of the old version do not load`,
      old: place(old, entries[0]!.range),
      next: place(next, next.module.name?.range ?? next.module.root.range),
      consumers: () => [loading(pair, entries[0]!.key)],
      fixes: () => renaming(pair, node, gone, added),
    }));
    for (const [node, entries] of byNode(added)) {
      found.push({
        subject: { kind: 'state', name: node },
        surface: 'load',
        bump: 'major',
        message: `${keys(entries)} of \`${node}\` ${entries.length === 1 ? 'is' : 'are'} new, and weights of the old version do not have ${entries.length === 1 ? 'it' : 'them'}`,
        old: place(old, old.module.name?.range ?? old.module.root.range),
        next: place(next, entries[0]!.range),
        consumers: () => [loading(pair, formerly(entries[0]!.key))],
      });
    }
    for (const [key, entry] of now) {
      const was = before.get(key);
      if (!was || shape(was) === shape(entry)) continue;
      found.push({
        subject: { kind: 'state', name: key },
        surface: 'load',
        bump: 'major',
        message: `\`${key}\` had the shape ${shape(was)} and has ${shape(entry)}, so weights of the old version do not load`,
        old: place(old, was.range),
        next: place(next, entry.range),
        consumers: () => [loading(pair, key), loading(pair)],
      });
    }
    return found;
  },
};

function byNode(entries: StateEntry[]): [node: string, entries: StateEntry[]][] {
  const nodes = new Map<string, StateEntry[]>();
  for (const entry of entries) nodes.set(entry.path, [...(nodes.get(entry.path) ?? []), entry]);
  return [...nodes];
}

function keys(entries: StateEntry[]): string {
  return quoted(entries.map(({ key, path }) => key.slice(path.length + 1)));
}

function shape({ dims }: StateEntry): string {
  return `[${dims.map((dim) => dim.toString()).join(', ')}]`;
}

/** Another node holds what this one held. */
function renaming({ next }: Pair, node: string, gone: StateEntry[], added: StateEntry[]): ChangeFix[] {
  const from = topOf(node);
  const held = (entries: StateEntry[], top: string) =>
    entries
      .filter(({ key }) => topOf(key) === top)
      .map((entry) => entry.key.slice(top.length) + shape(entry))
      .sort()
      .join();
  const heir = [...new Set(added.map(({ key }) => topOf(key)))].find(
    (top) => held(added, top) === held(gone, from),
  );
  if (heir === undefined) return [];
  const edits = inserted(next, ['renames', from], heir);
  return [{ title: `Say that \`${from}\` is now \`${heir}\``, edits }];
}

function topOf(path: string): string {
  return /^[^./]+/.exec(path)?.[0] ?? path;
}
