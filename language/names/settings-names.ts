/** What the settings of a composition name: parts, what their bricks have, columns and measures. */

import { entriesOf, get, itemsOf, keyOf } from '../syntax/path';
import type { Range, TreeNode } from '../syntax/tree';
import { type Located, locatedText, type ModelDeclaration, type Step } from './declarations';
import { parseWireReference, type WireReference } from './reference';

/** `part.size` or `part.param`, in `where`, in `dims` and as what a sweep tries. */
export function partMembers({ where, dims, train }: ModelDeclaration): WireReference[] {
  const asked = where.flatMap(({ parsed, range: { start } }) =>
    parsed.names.map((use) => parseWireReference(use.name, within(use, start))),
  );
  const tied = [...dims.values()].flatMap(({ ties }) => ties.map(({ reference }) => reference));
  return [...asked, ...tied, ...keysOf(get(train, 'sweep')).map(wireOf)];
}

/** `data.column`: what results are told apart by, and what each value of it has to reach. */
export function slicedColumns({ evaluate }: ModelDeclaration): WireReference[] {
  const slices = itemsOf(get(evaluate, 'slices')).flatMap((item) => locatedText(item) ?? []);
  const required = entriesOf(get(evaluate, 'require')).filter(({ value }) => value?.kind === 'map');
  return [...slices, ...required.flatMap(({ key }) => locatedText(key) ?? [])].map(wireOf);
}

/** `task.metric`, or `split.task.metric`: what is required, and what a run waits for. */
export function measures({ evaluate, train }: ModelDeclaration): Located<string>[] {
  const required = entriesOf(get(evaluate, 'require')).flatMap((entry) =>
    entry.value?.kind === 'map' ? keysOf(entry.value) : (locatedText(entry.key) ?? []),
  );
  const awaited = locatedText(get(get(train, 'stop'), 'when'));
  return awaited ? [...required, awaited] : required;
}

/** Names of nodes inside the brick of a part, or patterns of them, in `train: { lora: { targets: … } }`. */
export function loraTargets({ extras }: Step): Located<string>[] {
  const train = extras.get('train')?.value;
  const phases = train?.kind === 'sequence' ? train.items : [train];
  return phases.flatMap((phase) => {
    const lora = entriesOf(phase).filter((entry) => keyOf(entry) === 'lora');
    return lora.flatMap(({ value }) => {
      const targets = get(value, 'targets');
      const listed = targets?.kind === 'sequence' ? itemsOf(targets) : [targets];
      return listed.flatMap((target) => locatedText(target) ?? []);
    });
  });
}

function keysOf(node: TreeNode | undefined): Located<string>[] {
  return entriesOf(node).flatMap(({ key }) => locatedText(key) ?? []);
}

function wireOf({ value, range }: Located<string>): WireReference {
  return parseWireReference(value, range);
}

function within({ start, end }: Range, from: number): Range {
  return { start: from + start, end: from + end };
}
