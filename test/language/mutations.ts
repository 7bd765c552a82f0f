/** Single mistakes, as people make them, at every place of a text where they can be made. */
import { applyEdits } from '../../language/syntax/edits';
import { parse } from '../../language/syntax/parse';
import { keyOf } from '../../language/syntax/path';
import type { Entry, MapNode, Range, ScalarNode, TreeNode } from '../../language/syntax/tree';

export interface Mutation {
  /** What was done, and to what. */
  name: string;
  text: string;
}

/** Sections whose texts mean nothing to the checker. */
const prose = new Set(['card', 'doc', 'summary', 'license', 'deprecated', 'description', 'source']);

export function mutationsOf(text: string): Mutation[] {
  const { root } = parse(text);
  return root?.kind === 'map' ? inMap(text, root, []) : [];
}

function inMap(text: string, map: MapNode, path: string[]): Mutation[] {
  return map.entries.flatMap((entry) => {
    const key = keyOf(entry);
    if (prose.has(key) || (path.length === 0 && ['kind', 'name', 'version'].includes(key))) return [];
    const here = [...path, key];
    return [...ofKey(text, map, entry, here), ...inValue(text, entry.value, here)];
  });
}

function inValue(text: string, node: TreeNode | undefined, path: string[]): Mutation[] {
  if (node?.kind === 'map') return inMap(text, node, path);
  if (node?.kind === 'sequence')
    return node.items.flatMap((item, index) => inValue(text, item, [...path, String(index)]));
  return node ? ofScalar(text, node, path) : [];
}

function ofKey(text: string, map: MapNode, { key, value, range }: Entry, path: string[]): Mutation[] {
  const at = path.join('.');
  const misspelt = change(text, { start: key.range.end, end: key.range.end }, 'q');
  const isAlone = map.entries.length === 1 || map.flow || path.length === 1;
  const dropped = isAlone ? [] : [{ name: `without ${at}`, text: change(text, range, '') }];
  if (!value) return [{ name: `misspelt ${at}`, text: misspelt }, ...dropped];
  const whole = { start: value.range.start, end: trimmedEnd(text, value.range) };
  const emptied = [{ name: `nothing for ${at}`, text: change(text, whole, '') }];
  if (value.kind !== 'scalar') emptied.push({ name: `number for ${at}`, text: change(text, whole, '7') });
  return [{ name: `misspelt ${at}`, text: misspelt }, ...dropped, ...emptied];
}

function ofScalar(text: string, node: ScalarNode, path: string[]): Mutation[] {
  const at = path.join('.');
  const written = text.slice(node.range.start, node.range.end);
  const within = written.includes('\n') ? [] : [`[${written}]`, `{ a: ${written} }`];
  const wrapped = [...within, 'yes'].map((value) => ({
    name: `${value} for ${at}`,
    text: change(text, node.range, value),
  }));
  const quoted = node.style === 'plain' ? 0 : 1;
  const end = node.range.end - quoted;
  if (typeof node.value === 'number') {
    const others = [0, -1, 0.37, node.value + 1, node.value * 1000, `'${node.value}'`].map((value) => ({
      name: `${at}: ${value}`,
      text: change(text, node.range, String(value)),
    }));
    return [...others, ...wrapped];
  }
  if (typeof node.value !== 'string' || node.value === '') return [];
  return [
    { name: `misspelt value of ${at}`, text: change(text, { start: end, end }, 'q') },
    { name: `number for ${at}`, text: change(text, node.range, '7') },
    ...wrapped,
  ];
}

/** Without the line breaks behind it. */
function trimmedEnd(text: string, { start, end }: Range): number {
  return start + text.slice(start, end).trimEnd().length;
}

function change(text: string, range: { start: number; end: number }, by: string): string {
  return applyEdits(text, [{ range, text: by }]);
}
