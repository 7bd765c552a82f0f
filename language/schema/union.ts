import { nearest } from '../names/nearest';
import { entryOf } from '../syntax/path';
import type { Entry, MapNode, ScalarNode, TreeNode } from '../syntax/tree';
import type { Schema } from './compiled';
import { allows, typeOf } from './words';

/** The branch that is meant, or what keeps us from telling. */
export type Choice =
  | { branch: Schema }
  /** This entry's value should have told. */
  | { entry: Entry; nearest: string | undefined }
  /** This key is perhaps a misspelt one that would have told. */
  | { key: ScalarNode; nearest: string | undefined }
  | { nearest: string | undefined };

/** Which branch of a union the author evidently meant, so that what is wrong is said in its terms. */
export function branchFor(node: TreeNode | undefined, union: readonly Schema[]): Choice {
  const type = typeOf(node);
  const fitting = union.filter((branch) => allows(branch, type));
  if (node?.kind === 'map') return branchForMap(node, fitting);
  if (node?.kind === 'scalar') return branchForScalar(node, fitting);
  return fitting[0] ? { branch: fitting[0] } : { nearest: undefined };
}

function branchForScalar(node: ScalarNode, fitting: Schema[]): Choice {
  const accepting = fitting.find((branch) => accepts(branch, node.value));
  if (accepting) return { branch: accepting };
  const only = fitting[0];
  // A branch that explains itself does it better than the union.
  if (only && fitting.length === 1 && (only.errorMessage || only.values === undefined))
    return { branch: only };
  const names = fitting.flatMap((branch) => branch.values ?? []).filter((value) => typeof value === 'string');
  return { nearest: typeof node.value === 'string' ? nearest(node.value, names) : undefined };
}

export function accepts(schema: Schema, value: ScalarNode['value']): boolean {
  if (schema.types && !allowsValue(schema, value)) return false;
  if (schema.union.length > 0) return schema.union.some((branch) => accepts(branch, value));
  if (schema.values) return schema.values.includes(value);
  if (typeof value === 'string')
    return value.length >= schema.minLength && (schema.pattern?.test(value) ?? true);
  return true;
}

function allowsValue(schema: Schema, value: ScalarNode['value']): boolean {
  return typeof value === 'string' ? schema.types!.includes('string') : true;
}

function branchForMap(node: MapNode, fitting: Schema[]): Choice {
  if (fitting.length === 1) return { branch: fitting[0]! };
  const told = byConst(node, fitting);
  if (told) return told;
  const complete = fitting.filter((branch) => branch.required.every((name) => entryOf(node, name)));
  if (complete[0]) return { branch: mostAlike(node, complete) };
  return byMisspelling(node, fitting) ?? { nearest: undefined };
}

/** Branches told apart by the value of one key, such as `type`. */
function byConst(node: MapNode, fitting: Schema[]): Choice | undefined {
  const [name] = [...(fitting[0]?.properties ?? [])].find(([, property]) => property.isConst) ?? [];
  if (name === undefined) return undefined;
  const values = fitting.flatMap((branch) => branch.properties.get(name)?.values ?? []);
  const entry = entryOf(node, name);
  if (!entry) return byMisspelling(node, fitting) ?? { nearest: undefined };
  const value = entry.value?.kind === 'scalar' ? entry.value.value : undefined;
  const branch = fitting.find((candidate) =>
    candidate.properties.get(name)?.values?.includes(value as string),
  );
  if (branch) return { branch };
  const names = values.filter((candidate) => typeof candidate === 'string');
  return { entry, nearest: typeof value === 'string' ? nearest(value, names) : undefined };
}

function mostAlike(node: MapNode, branches: Schema[]): Schema {
  const known = (branch: Schema) =>
    node.entries.filter((entry) => branch.properties.has(entry.key.value as string)).length;
  return branches.reduce((best, branch) => (known(branch) > known(best) ? branch : best));
}

/** A key that no branch knows, near one that a branch requires. */
function byMisspelling(node: MapNode, fitting: Schema[]): Choice | undefined {
  const required = new Set(fitting.flatMap((branch) => branch.required));
  for (const { key } of node.entries) {
    const name = key.value as string;
    if (fitting.some((branch) => branch.properties.has(name))) continue;
    const meant = nearest(name, required);
    if (meant !== undefined) return { key, nearest: meant };
  }
  return undefined;
}
