/** What a brick's test is written to mean: its params, and the types of what it gives. */
import type { ModuleDeclaration } from '../names/declarations';
import { asText, get } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';
import { Dim } from '../types/dim';
import { type DType, parseType, type TensorType } from '../types/type';
import { moduleSettings } from './settings';
import { evaluate, type Params } from './values';

/** Values made by a rule: `zeros[4, 32]`. */
const MADE = /^\s*(\w+)\s*(\[.*\])\s*$/;

/** By what rule a given value is made; undefined where its values are written out. */
export function givenRule(node: TreeNode | undefined): string | undefined {
  return MADE.exec(asText(node) ?? '')?.[1];
}

/**
 * `zeros[4, 32]` has the port's element type; a list has as many rows as it has items. Where the port takes several
 * element types, whole numbers are int32, flags bool and the rest what the port takes first.
 */
export function givenType(node: TreeNode | undefined, port: TensorType): TensorType | undefined {
  const made = MADE.exec(asText(node) ?? '');
  if (made) return parseType(`${port.dtype}${made[2]}`).type;
  if (node?.kind !== 'sequence') return undefined;
  const dims: Dim[] = [];
  for (let level: TreeNode | undefined = node; level?.kind === 'sequence'; level = level.items[0])
    dims.push(Dim.of(level.items.length));
  return { dtype: writtenDtype(node, port), dims };
}

function writtenDtype(node: TreeNode, { dtype, oneOf }: TensorType): DType {
  const values = leaves(node);
  const may = (candidate: DType) => oneOf?.members.includes(candidate) === true;
  if (may('bool') && values.every((value) => typeof value === 'boolean')) return 'bool';
  if (may('int32') && values.every(Number.isInteger)) return 'int32';
  return dtype;
}

function leaves(node: TreeNode): unknown[] {
  if (node.kind === 'sequence') return node.items.flatMap(leaves);
  return node.kind === 'scalar' ? [node.value] : [undefined];
}

/** The brick's params as a test sets them, defaults included. */
export function exampleParams(test: TreeNode, module: ModuleDeclaration): Params {
  const given = get(test, 'params');
  return new Map(
    [...moduleSettings(module).values()].map((setting) => {
      const node = get(given, setting.name);
      return [setting.name, node ? evaluate(node, setting.type, new Map()).value : setting.default];
    }),
  );
}

/** The type that an output must have: `float32[4, 3]`, or a map with it as `type`. */
export function expectedType(node: TreeNode | undefined): TensorType | undefined {
  return parseType(asText(node) ?? asText(get(node, 'type')) ?? '').type;
}
