import { asNumber, entriesOf, keyOf } from '../syntax/path';
import type { Entry } from '../syntax/tree';
import type { DatasetDeclaration } from './declarations';

/** Keys of `splits` that are not shares. */
const settings = new Set(['seed', 'stratify', 'group']);

/** The entries of `splits` that give a split its share. */
export function splitShares(dataset: DatasetDeclaration): { name: string; share: number; entry: Entry }[] {
  return entriesOf(dataset.splits).flatMap((entry) => {
    const share = asNumber(entry.value);
    const name = keyOf(entry);
    return share === undefined || settings.has(name) || name.startsWith('x-') ? [] : [{ name, share, entry }];
  });
}

/** Splits by share, or by file. */
export function splitNames(dataset: DatasetDeclaration): string[] {
  return [
    ...new Set([
      ...splitShares(dataset).map(({ name }) => name),
      ...dataset.files.map(({ split }) => split).filter((split) => split !== 'all'),
    ]),
  ];
}
