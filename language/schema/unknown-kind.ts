/** A file that does not say what it is, or says something else. */
import { nearest } from '../names/nearest';
import { entriesOf, keyOf } from '../syntax/path';
import { lineEnd } from '../syntax/scan';
import type { Entry, Tree } from '../syntax/tree';
import type { StructureProblem } from './check';
import { isKind, type Kind, kinds } from './schemas';
import { listed } from './words';

export function unknownKind(tree: Tree, kind: Entry | undefined, value: unknown): StructureProblem[] {
  if (tree.problems.some((problem) => problem.kind !== 'duplicate-key') && !kind) return [];
  const start = tree.root?.range.start ?? 0;
  const range = kind?.value?.range ?? kind?.range ?? { start, end: lineEnd(tree.text, start) };
  const misspelt = kind ? undefined : entriesOf(tree.root).find(isLikeKind);
  if (misspelt) {
    const name = keyOf(misspelt);
    const message = `There is no key \`${name}\`; did you mean \`kind\`?`;
    return [{ kind: 'unknown-kind', range: misspelt.key.range, path: [name], message, nearest: 'kind' }];
  }
  const choice = `\`kind\` is ${listed(kinds)}`;
  const message =
    typeof value === 'string'
      ? `There is no kind \`${value}\`: ${choice}`
      : `This file does not say what it is: ${choice}`;
  const meant =
    typeof value === 'string' ? (otherKinds[value.toLowerCase()] ?? nearest(value, kinds)) : undefined;
  return [{ kind: 'unknown-kind', range, path: ['kind'], message, ...(meant ? { nearest: meant } : {}) }];
}

/** What kinds of files are called elsewhere. */
const otherKinds: Readonly<Record<string, Kind>> = {
  ...{ brick: 'module', layer: 'module', block: 'module', component: 'module' },
  ...{ composition: 'model', network: 'model', pipeline: 'model', experiment: 'model' },
  ...{ data: 'dataset', table: 'dataset', project: 'workspace', config: 'workspace' },
};

function isLikeKind({ key, value }: Entry): boolean {
  return (
    value?.kind === 'scalar' && isKind(value.value) && nearest(String(key.value), ['kind']) !== undefined
  );
}
