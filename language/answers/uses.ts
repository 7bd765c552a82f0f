/** Which bricks, datasets and compositions a file uses, and which use it. Read off what files declare: no inference. */
import type { Names } from '../names/catalogue';
import type { Declaration, Step } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import type { SourceFile } from '../names/source-file';
import type { Range } from '../syntax/tree';
import type { Location } from './answers';

export interface Use {
  kind: Declaration['kind'];
  reference: BrickReference;
}

/** In the order of the file's sections. */
export function namedBy(declaration: Declaration | undefined): Use[] {
  if (!declaration || declaration.kind === 'dataset') return [];
  const modules = (list: Iterable<Pick<Step, 'module'>>) =>
    [...list].flatMap(({ module }): Use[] =>
      module ? [{ kind: 'module', reference: module.reference }] : [],
    );
  if (declaration.kind === 'module') return modules(declaration.graph.values());
  return [
    ...(declaration.base ? [{ kind: 'model' as const, reference: declaration.base.reference }] : []),
    ...[...declaration.data.values()].map(
      ({ dataset }): Use => ({ kind: 'dataset', reference: dataset.reference }),
    ),
    ...modules(declaration.parts.values()),
    ...modules(declaration.plugs.values()),
  ];
}

/** What another file has to do with this one, with every place that says so. */
export interface Relation {
  source: SourceFile;
  declaration: Declaration;
  places: Range[];
}

/** What the file uses. */
export function usedBy(declaration: Declaration, catalogue: Names): Relation[] {
  const found = new Map<SourceFile, Relation>();
  for (const { kind, reference } of namedBy(declaration)) {
    const lookup = catalogue.find(kind, reference);
    if (lookup.status !== 'found') continue;
    const relation = found.get(lookup.source) ?? {
      source: lookup.source,
      declaration: lookup.declaration,
      places: [],
    };
    relation.places.push(reference.nameRange);
    found.set(lookup.source, relation);
  }
  return [...found.values()];
}

/** Where a file names the one that is sought; undefined where it does not. */
export function userOf(sought: Declaration, source: SourceFile, catalogue: Names): Relation | undefined {
  const name = sought.name?.value;
  if (name === undefined || !source.text.includes(name) || !source.declaration) return undefined;
  const places = namedBy(source.declaration).flatMap(({ kind, reference }) => {
    if (kind !== sought.kind || reference.name !== name) return [];
    const lookup = catalogue.find(kind, reference);
    return lookup.status === 'found' && lookup.source.file === sought.file ? [reference.nameRange] : [];
  });
  return places.length > 0 ? { source, declaration: source.declaration, places } : undefined;
}

/** The places of relations as locations. */
export function placesOf(relations: Relation[]): Location[] {
  return relations.flatMap(({ source, places }) => places.map((range) => ({ file: source.file, range })));
}
