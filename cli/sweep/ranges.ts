/** What a sweep tries: values of settings, written in the composition or on the command line. */
import { type Between, betweenOf } from '../../language/plan/sweep';
import { asScalar, entriesOf, get, itemsOf, keyOf } from '../../language/syntax/path';
import type { MapNode, TreeNode } from '../../language/syntax/tree';
import type { Setting } from '../options';

/** A setting with the values to try, or between which they lie. */
export type Tried = { path: string[] } & ({ values: string[] } | Between);

/** `train.sweep` of a composition. */
export function declaredRanges(train: MapNode | undefined): Tried[] {
  return entriesOf(get(train, 'sweep')).flatMap((entry): Tried[] => {
    const name = keyOf(entry);
    const path = name.split('.');
    if (name.startsWith('x-')) return [];
    if (entry.value?.kind === 'sequence') return [{ path, values: itemsOf(entry.value).map(textOf) }];
    const between = betweenOf(entry.value);
    return between ? [{ path, ...between }] : [];
  });
}

const textOf = (node: TreeNode): string => String(asScalar(node)?.value ?? '');

/** `--set name=a,b,c` tries each; with one value it is the same in every run. */
export function writtenRanges(settings: Setting[]): { tried: Tried[]; fixed: Setting[] } {
  const tried: Tried[] = [];
  const fixed: Setting[] = [];
  for (const setting of settings) {
    const values = listOf(setting.value);
    if (values.length > 1) tried.push({ path: setting.path, values });
    else fixed.push(setting);
  }
  return { tried, fixed };
}

/** Each value once. Commas inside brackets and braces belong to a value. */
function listOf(text: string): string[] {
  const values = [''];
  let depth = 0;
  for (const sign of text) {
    if ('[{'.includes(sign)) depth += 1;
    if (']}'.includes(sign)) depth -= 1;
    if (sign === ',' && depth === 0) values.push('');
    else values[values.length - 1] += sign;
  }
  return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
}
