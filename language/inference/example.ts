/** What a brick's test is written to mean: its params, and the types of what it gives. */
import type { ModuleDeclaration } from '../names/declarations';
import { asText, get } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';
import { Dim } from '../types/dim';
import { type DType, parseType, type TensorType } from '../types/type';
import { moduleSettings } from './settings';
import { evaluate, type Params } from './values';

/** Values made by a rule: `zeros[4, 32]`, `random[4, 12] from 0 to 99 seed 7`. */
const MADE = /^\s*(\w+)\s*(\[[^\]]*\])\s*(?:from\s+([-+\d.e]+)\s+to\s+([-+\d.e]+)\s*)?(?:seed\s+(\d+)\s*)?$/i;

export const givenRules = ['zeros', 'ones', 'random', 'arange'] as const;

/** How a given value is made. */
export interface MadeValue {
  rule: (typeof givenRules)[number];
  shape: string;
  /** The least and the greatest number that `random` gives. */
  range?: [number, number];
  seed?: number;
}

/** Undefined where values are written out, or by no rule that there is. */
export function madeValue(node: TreeNode | undefined): MadeValue | undefined {
  const [, written, shape, least, greatest, seed] = MADE.exec(asText(node) ?? '') ?? [];
  const rule = givenRules.find((each) => each === written);
  if (!rule || shape === undefined) return undefined;
  return {
    rule,
    shape,
    ...(least === undefined ? {} : { range: [Number(least), Number(greatest)] }),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  };
}

const bounds: Partial<Record<DType, [number, number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  int16: [-32_768, 32_767],
  int32: [-(2 ** 31), 2 ** 31 - 1],
};

/** Why values of that type cannot be made so. */
export function makingProblem({ rule, range, seed }: MadeValue, dtype: DType): string | undefined {
  if (rule !== 'random')
    return range || seed !== undefined ? 'only `random` has a range and a seed' : undefined;
  if (seed !== undefined && seed >= 2 ** 31) return `a seed is less than 2^31, not ${seed}`;
  if (!range) return undefined;
  const [least, greatest] = range;
  if (dtype === 'string' || dtype === 'bool') return `${dtype} has no range`;
  if (!(least <= greatest)) return `no number is at least ${least} and at most ${greatest}`;
  const limits =
    dtype.startsWith('float') || dtype.startsWith('bfloat') ? undefined : (bounds[dtype] ?? bounds.int32!);
  if (!limits) return undefined;
  const odd = range.find((bound) => !Number.isInteger(bound) || bound < limits[0] || bound > limits[1]);
  return odd === undefined ? undefined : `${odd} is no ${dtype}`;
}

/**
 * `zeros[4, 32]` has the port's element type; a list has as many rows as it has items. Where the port takes several
 * element types, whole numbers are int32, flags bool and the rest what the port takes first.
 */
export function givenType(node: TreeNode | undefined, port: TensorType): TensorType | undefined {
  const made = madeValue(node);
  if (made) return parseType(`${port.dtype}${made.shape}`).type;
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
