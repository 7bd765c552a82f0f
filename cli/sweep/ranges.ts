/** What a sweep tries: values of settings, written in the composition or on the command line. */
import { asNumber, asScalar, asText, entriesOf, get, itemsOf, keyOf } from '../../language/syntax/path';
import type { MapNode, TreeNode } from '../../language/syntax/tree';
import type { Setting } from '../options';

/** A setting with the values to try, or between which they lie. */
export type Tried = { path: string[] } & ({ values: string[] } | Between);

export interface Between {
  min: number;
  max: number;
  /** Even steps of the number, or of its logarithm. */
  scale: 'linear' | 'log';
  int: boolean;
}

/** `train.sweep` of a composition. */
export function declaredRanges(train: MapNode | undefined): Tried[] {
  return entriesOf(get(train, 'sweep')).flatMap((entry): Tried[] => {
    const name = keyOf(entry);
    const path = name.split('.');
    if (name.startsWith('x-')) return [];
    if (entry.value?.kind === 'sequence') return [{ path, values: itemsOf(entry.value).map(textOf) }];
    const [min, max] = [asNumber(get(entry.value, 'min')), asNumber(get(entry.value, 'max'))];
    if (min === undefined || max === undefined) return [];
    const scale = asText(get(entry.value, 'scale')) === 'log' ? 'log' : 'linear';
    return [{ path, min, max, scale, int: asScalar(get(entry.value, 'int'))?.value === true }];
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

/** Commas inside brackets and braces belong to a value. */
function listOf(text: string): string[] {
  const values = [''];
  let depth = 0;
  for (const sign of text) {
    if ('[{'.includes(sign)) depth += 1;
    if (']}'.includes(sign)) depth -= 1;
    if (sign === ',' && depth === 0) values.push('');
    else values[values.length - 1] += sign;
  }
  return values.map((value) => value.trim()).filter((value) => value !== '');
}
