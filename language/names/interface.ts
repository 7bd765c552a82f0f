/** What other files can see of a file, as text that is equal where they see the same. */
import { keyOf } from '../syntax/path';
import type { Tree } from '../syntax/tree';
import type { Declaration, Port } from './declarations';
import { renamesOf } from './renames';

/** What a brick, dataset or model promises to those that use it without opening it. */
export function interfaceKeyOf(declaration: Declaration | undefined): string {
  if (!declaration) return '';
  const head = [declaration.kind, declaration.name?.value, declaration.version?.value];
  switch (declaration.kind) {
    case 'module':
      return JSON.stringify([
        head,
        declaration.deprecated?.value,
        [...declaration.params.values()].map((p) => [
          p.name,
          p.type,
          p.default?.kind === 'scalar' ? p.default.value : null,
          p.min,
          p.max,
          p.values,
          p.deprecated?.value,
        ]),
        [...declaration.inputs.values()].map(portKey),
        [...declaration.outputs.values()].map(portKey),
        declaration.where.map(({ text }) => text),
        renamesOf(declaration),
        [...declaration.extensionPoints.values()].map((point) => [point.name, point.deprecated?.value]),
      ]);
    case 'dataset':
      return JSON.stringify([head, [...declaration.columns.values()].map((c) => [c.name, c.type, c.labels])]);
    case 'model':
      return JSON.stringify(head);
  }
}

function portKey({ name, text, space, deprecated }: Port): unknown {
  return [name, text, space?.value, deprecated?.value];
}

/** What is for people only: nothing is computed from it in another file. */
const FOR_PEOPLE = new Set(['summary', 'doc', 'license', 'card', 'tests']);

/** Everything that a composition may compute with. */
export function insideKeyOf({ text, root, problems }: Tree): string {
  if (root?.kind !== 'map' || problems.length > 0) return text;
  return root.entries
    .filter((entry) => !FOR_PEOPLE.has(keyOf(entry)))
    .map(({ range }) => text.slice(range.start, range.end))
    .join('\n');
}
