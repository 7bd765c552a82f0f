import type { DatasetDeclaration } from '../names/declarations';
import { splitShares } from '../names/splits';
import { asNumber, asScalar, asText, entryOf, get, itemsOf } from '../syntax/path';
import type { Range } from '../syntax/tree';
import type { Rule } from './rule';

/** Two things that cannot both be: the place of one of them, and what is wrong. */
type Contradiction = [Range, string];

export const contradictoryContract: Rule = {
  id: 'contradictory-contract',
  group: 'data',
  severity: 'error',
  summary: 'A dataset says of itself what cannot be.',
  why: 'No file could keep to such a contract.',
  check({ declaration }, report) {
    if (declaration?.kind !== 'dataset') return;
    for (const [range, message] of [...inColumns(declaration), ...inSplits(declaration)])
      report({ range, message });
  },
};

function inColumns({ columns }: DatasetDeclaration): Contradiction[] {
  const found: Contradiction[] = [];
  for (const { entry, labels } of columns.values()) {
    const column = entry.value;
    for (const [low, high] of [
      ['min', 'max'],
      ['min_length', 'max_length'],
    ] as const) {
      const [from, to] = [get(column, low), get(column, high)];
      const [least, most] = [asNumber(from) ?? asText(from), asNumber(to) ?? asText(to)];
      if (to && least !== undefined && most !== undefined && typeof least === typeof most && least > most)
        found.push([to.range, `\`${high}\` is ${most}, less than \`${low}\`, which is ${least}`]);
    }
    const pattern = get(column, 'pattern');
    const why = broken(asText(pattern));
    if (pattern && why !== undefined) found.push([pattern.range, `This is no regular expression: ${why}`]);
    const raws = new Set(labels?.map(({ raw }) => String(raw)));
    for (const item of itemsOf(get(column, 'missing'))) {
      const value = String(asScalar(item)?.value);
      if (raws.has(value))
        found.push([item.range, `\`${value}\` cannot be both a label and a missing value`]);
    }
    const [shape, of] = [entryOf(column, 'shape'), entryOf(column, 'of')];
    if (shape && of) found.push([shape.key.range, '`of` says the shape already']);
  }
  return found;
}

/** What is wrong with a regular expression; undefined when nothing is. */
function broken(pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined;
  try {
    new RegExp(pattern, 'u');
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: /, '');
  }
}

function inSplits(dataset: DatasetDeclaration): Contradiction[] {
  const found: Contradiction[] = [];
  const files = new Set(dataset.files.map(({ split }) => split));
  const shares = splitShares(dataset);
  for (const { name, entry } of shares) {
    if (files.has(name))
      found.push([entry.key.range, `\`${name}\` has files of its own, so it takes no share`]);
  }
  const [first] = shares;
  if (first && files.size > 0 && !files.has('all'))
    found.push([first.entry.key.range, 'There is nothing to share out: `files` has no `all`']);
  const [group, stratify] = [entryOf(dataset.splits, 'group'), entryOf(dataset.splits, 'stratify')];
  if (group && stratify)
    found.push([
      stratify.key.range,
      '`group` keeps rows together that `stratify` would have to part; use one of them',
    ]);
  return found;
}
