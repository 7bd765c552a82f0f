/** What other files can see of a file, as text that is equal where they see the same. */
import { keyOf } from '../syntax/path';
import type { Tree } from '../syntax/tree';
import type { Declaration, ModuleDeclaration, Param, Port } from './declarations';
import { renamesOf } from './renames';

/** What a brick, dataset or model promises to those that use it without opening it. */
export function interfaceKeyOf(declaration: Declaration | undefined): string {
  if (!declaration) return '';
  switch (declaration.kind) {
    case 'module':
      return `${portsKeyOf(declaration)}\n${Array.from(declaration.params.values(), paramKey).join()}`;
    case 'dataset':
      return JSON.stringify([
        headKey(declaration),
        [...declaration.columns.values()].map((c) => [c.name, c.type, c.labels]),
      ]);
    case 'model':
      return JSON.stringify(headKey(declaration));
  }
}

function headKey({ kind, name, version }: Declaration): unknown {
  return [kind, name?.value, version?.value];
}

/** Of a brick, all but its params. */
export function portsKeyOf(module: ModuleDeclaration): string {
  return JSON.stringify([
    headKey(module),
    module.deprecated?.value,
    [...module.inputs.values()].map(portKey),
    [...module.outputs.values()].map(portKey),
    module.where.map(({ text }) => text),
    renamesOf(module),
    [...module.extensionPoints.values()].map((point) => [point.name, point.deprecated?.value]),
  ]);
}

export function paramKey(param: Param): string {
  const { name, type, min, max, values, deprecated } = param;
  const given = param.default?.kind === 'scalar' ? param.default.value : null;
  return JSON.stringify([name, type, given, min, max, values, deprecated?.value]);
}

function portKey({ name, text, space, deprecated }: Port): unknown {
  return [name, text, space?.value, deprecated?.value];
}

/** What is for people only: nothing is computed from it in another file. */
const FOR_PEOPLE = new Set(['summary', 'doc', 'license', 'card', 'tests']);

/** Everything that a composition may compute with. */
export function insideKeyOf(tree: Tree): string {
  return contentKeyOf(tree, NOTHING);
}

const NOTHING: ReadonlySet<string> = new Set();

/** The same, without some sections. */
export function contentKeyOf({ text, root, problems }: Tree, without: ReadonlySet<string>): string {
  if (root?.kind !== 'map' || problems.length > 0) return text;
  return root.entries
    .filter((entry) => !FOR_PEOPLE.has(keyOf(entry)) && !without.has(keyOf(entry)))
    .map(({ range }) => text.slice(range.start, range.end))
    .join('\n');
}
