/** What a sweep tries: values of settings, written in the composition or on the command line. */
import { asNumber, asScalar, asText, entriesOf, get, itemsOf, keyOf } from '../../language/syntax/path';
import type { MapNode, TreeNode } from '../../language/syntax/tree';
import { CommandFailure } from '../failure';
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

/** Fails where nothing lies between the ends of a range. */
export function demandSound(tried: Tried[]): void {
  for (const each of tried) {
    if ('values' in each) continue;
    const { path, min, max, scale, int } = each;
    const name = path.join('.');
    if (min > max) throw new CommandFailure(`The range of ${name} ends before it begins: ${min} to ${max}`);
    if (scale === 'log' && min <= 0) {
      throw new CommandFailure(
        `The range of ${name} has no logarithms: it begins at ${min}`,
        undefined,
        'Let it begin above 0, or leave out `scale: log`.',
      );
    }
    if (int && Math.ceil(min) > Math.floor(max))
      throw new CommandFailure(`There is no whole number from ${min} to ${max}, the range of ${name}`);
  }
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
