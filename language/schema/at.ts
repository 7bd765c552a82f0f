import { at, entryOf, type Path } from '../syntax/path';
import type { Tree, TreeNode } from '../syntax/tree';
import type { JsonScalar, JsonType, Schema } from './compiled';
import { isKind, type Kind, schemaOf } from './schemas';
import { branchFor } from './union';

export interface SchemaKey {
  name: string;
  description: string | undefined;
  required: boolean;
  default: unknown;
  examples: readonly unknown[];
  /** What its value may be; empty for anything. */
  types: readonly JsonType[];
  /** The words its value may be, where these are all. */
  values: readonly JsonScalar[];
}

/** What the format says about a place. */
export interface SchemaAnswer {
  description: string | undefined;
  /** What a value here may be; empty for anything. */
  types: readonly JsonType[];
  /** Keys that a map here may have, besides `x-…`. */
  keys: SchemaKey[];
  /** Whether such a map takes further keys, of the author's choice. */
  open: boolean;
  /** Words that a value here may be. Other values may be allowed too: see `types`. */
  values: JsonScalar[];
  default: unknown;
  examples: unknown[];
}

/**
 * What may stand at a path of a kind of file. Where a value has several forms, the tree tells which one is meant;
 * without it, or while it does not tell yet, the answer covers all of them. Undefined where nothing is known.
 */
export function schemaAt(kind: Kind, path: Path, tree?: Tree): SchemaAnswer | undefined {
  let schemas: Schema[] = [schemaOf(kind)];
  for (const [index, part] of path.entries()) {
    const around = tree && at(tree, path.slice(0, index));
    schemas = schemas.flatMap((schema) => forms(schema, around)).flatMap((schema) => step(schema, part));
  }
  const here = tree && at(tree, path);
  const all = schemas.flatMap((schema) => forms(schema, here));
  return all.length > 0 ? answer(schemas[0]!, all) : undefined;
}

export function kindOf(tree: Tree): Kind | undefined {
  const node = tree.root && entryOf(tree.root, 'kind')?.value;
  return node?.kind === 'scalar' && isKind(node.value) ? node.value : undefined;
}

/** Keys that a map there must have because the file does without another key, as a composition that extends none. */
export function alsoRequired(kind: Kind, path: Path, tree: Tree): readonly string[] {
  const { without } = schemaOf(kind);
  if (!without || !tree.root || entryOf(tree.root, without.key)) return [];
  let schemas = [without.schema];
  for (const part of path) schemas = schemas.flatMap((schema) => step(schema, part));
  return schemas.flatMap(({ required, group }) => [...required, ...(group?.keys ?? [])]);
}

/** The forms of a value: itself, or branches of a union that fit what is there. */
function forms(schema: Schema, node: TreeNode | undefined): Schema[] {
  if (schema.union.length === 0) return schema.never ? [] : [schema];
  // A word may be the start of anything.
  if (node && node.kind !== 'scalar') {
    const choice = branchFor(node, schema.union);
    if ('branch' in choice) return forms(choice.branch, node);
    const type = node.kind === 'map' ? 'object' : 'array';
    const fitting = schema.union.filter((branch) => !branch.types || branch.types.includes(type));
    if (fitting.length > 0) return fitting.flatMap((branch) => forms(branch, undefined));
  }
  return schema.union.flatMap((branch) => forms(branch, undefined));
}

function step(schema: Schema, part: string | number): Schema[] {
  const next = typeof part === 'number' ? schema.items : (schema.properties.get(part) ?? schema.additional);
  return next ? [next] : [];
}

function answer(outer: Schema, all: Schema[]): SchemaAnswer {
  const keys = new Map<string, SchemaKey>();
  const maps = all.filter((schema) => schema.properties.size > 0);
  for (const schema of maps) {
    for (const [name, property] of schema.properties) {
      if (property.never || keys.has(name)) continue;
      const required = maps.every((other) => other.required.includes(name));
      keys.set(name, keyAnswer(name, property, required));
    }
  }
  return {
    description:
      all.length === 1
        ? (all[0]!.description ?? outer.description)
        : (outer.description ?? all[0]!.description),
    types: typesOf(all),
    keys: [...keys.values()],
    open: all.some((schema) => schema.open && allowsMap(schema)),
    values: [...new Set(all.flatMap((schema) => schema.values ?? []))],
    default: outer.default,
    examples: [...outer.examples, ...all.flatMap((schema) => (schema === outer ? [] : schema.examples))],
  };
}

function keyAnswer(name: string, schema: Schema, required: boolean): SchemaKey {
  const all = forms(schema, undefined);
  return {
    name,
    description: schema.description ?? all[0]?.description,
    required,
    default: schema.default,
    examples: [...schema.examples, ...all.flatMap((form) => (form === schema ? [] : form.examples))],
    types: typesOf(all),
    values: all.flatMap((form) => form.values ?? []),
  };
}

function typesOf(all: Schema[]): JsonType[] {
  if (all.some((schema) => !schema.types && !schema.values)) return [];
  return [...new Set(all.flatMap((schema) => schema.types ?? ['string' as const]))];
}

function allowsMap(schema: Schema): boolean {
  return !schema.values && (!schema.types || schema.types.includes('object'));
}
