/** Nodes of a graph and parts of a composition, read off their entries. */
import { asMap, asText, get, keyOf } from '../syntax/path';
import type { Entry, MapNode, TreeNode } from '../syntax/tree';
import type { Step, Wire } from './declarations';
import { type Located, locatedText } from './located';
import { type BrickReference, parseBrickReference, parseWireReference } from './reference';

type SettingsOf = (map: MapNode) => { settings: Map<string, Entry>; settingsMap: MapNode | undefined };

const stepKeys = new Set([
  'op',
  'module',
  'in',
  'params',
  'repeat',
  'weights',
  'train',
  'learning_rate',
  'as',
  'doc',
]);

export const brickSettings: SettingsOf = (map) => {
  const params = asMap(get(map, 'params'));
  return {
    settings: new Map((params?.entries ?? []).map((entry) => [keyOf(entry), entry])),
    settingsMap: params,
  };
};

export const opSettings: SettingsOf = (map) => {
  if (get(map, 'module')) return brickSettings(map);
  const own = map.entries.filter((entry) => !stepKeys.has(keyOf(entry)) && !keyOf(entry).startsWith('x-'));
  return { settings: new Map(own.map((entry) => [keyOf(entry), entry])), settingsMap: map };
};

/** A node of a brick's graph. */
export function nodeOf(entry: Entry): Step {
  return stepOf(entry, opSettings);
}

export function stepOf(entry: Entry, settingsOf: SettingsOf): Step {
  const map = asMap(entry.value);
  const module = locatedText(get(map, 'module'));
  const extras = ['weights', 'train', 'learning_rate'].flatMap((key): [string, Entry][] => {
    const found = map?.entries.find((candidate) => keyOf(candidate) === key);
    return found ? [[key, found]] : [];
  });
  return {
    name: keyOf(entry),
    key: entry.key.range,
    range: entry.range,
    entry,
    op: locatedText(get(map, 'op')),
    module: module && { ...module, reference: referenceOf(module, get(map, 'as')) },
    share: undefined,
    wires: wiresOf(get(map, 'in')),
    ...(map ? settingsOf(map) : { settings: new Map(), settingsMap: undefined }),
    repeat: get(map, 'repeat'),
    extras: new Map(extras),
  };
}

function referenceOf({ value, range }: Located<string>, as: TreeNode | undefined): BrickReference {
  const reference = parseBrickReference(value, range);
  const slot = asText(as);
  return slot === undefined || slot === '' ? reference : { ...reference, slot };
}

function wiresOf(node: TreeNode | undefined): Wire[] {
  if (node?.kind !== 'map') return sourcesOf(node, undefined);
  return node.entries.flatMap((entry) =>
    sourcesOf(entry.value, { value: keyOf(entry), range: entry.key.range }),
  );
}

function sourcesOf(node: TreeNode | undefined, port: Located<string> | undefined): Wire[] {
  if (node?.kind === 'sequence') {
    return node.items.flatMap((item) => wireOf(item, port, true));
  }
  return wireOf(node, port, false);
}

function wireOf(node: TreeNode | undefined, port: Located<string> | undefined, listed: boolean): Wire[] {
  if (!node || asText(node) === '') return [];
  // What cannot be read feeds something all the same; from where, nobody knows.
  const at = locatedText(node) ?? { value: '', range: node.range };
  return [{ port, reference: parseWireReference(at.value, at.range), range: at.range, listed }];
}
