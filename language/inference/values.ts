/** What a setting means: a literal, `$param`, or arithmetic on parameters such as `$heads * 64`. */

import type { ModuleDeclaration, Param } from '../names/declarations';
import type { AttributeValue } from '../ops/op';
import { remember } from '../remember';
import { itemsOf } from '../syntax/path';
import type { Range, ScalarNode, TreeNode } from '../syntax/tree';
import { Dim, parseDim } from '../types/dim';

/** By parameter name. A parameter that is declared but whose value is not known maps to undefined. */
export type Params = Map<string, AttributeValue | undefined>;

export type ValueType = 'int' | 'float' | 'bool' | 'string' | 'enum' | 'ints' | 'floats' | 'strings';

const TYPES: ReadonlySet<string> = new Set<ValueType>([
  ...(['int', 'float', 'bool', 'string', 'enum'] as const),
  ...(['ints', 'floats', 'strings'] as const),
]);

export interface ValueProblem {
  range: Range;
  kind: 'unresolved-param' | 'wrong-value';
  message: string;
  /** The name that was not found. */
  name?: string;
  /** What is meant instead. */
  fix?: string;
}

export interface Evaluated {
  value: AttributeValue | undefined;
  problems: ValueProblem[];
}

export function evaluate(node: TreeNode | undefined, type: ValueType, params: Params): Evaluated {
  if (node === undefined) return { value: undefined, problems: [] };
  if (type === 'ints' || type === 'floats' || type === 'strings') return evaluateList(node, type, params);
  if (node.kind !== 'scalar')
    return wrong(node, `expected ${article(type)}, not a ${node.kind === 'map' ? 'map' : 'list'}`);
  if (typeof node.value === 'string' && node.value.includes('$'))
    return evaluateExpression(node, type, params);
  return literal(node, type);
}

/** The values of a brick's own parameters as its graph sees them: integers are symbols, the rest defaults. */
export function symbolicParams(module: ModuleDeclaration): Params {
  return new Map(
    [...module.params.values()].map((param) => [
      param.name,
      param.type === 'int' ? Dim.symbol(param.name) : defaultOf(param),
    ]),
  );
}

export function defaultOf(param: Param): AttributeValue | undefined {
  if (param.default === undefined || !TYPES.has(param.type)) return undefined;
  return evaluate(param.default, param.type as ValueType, new Map()).value;
}

export function isSameValue(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  if (a === b) return true;
  if (a instanceof Dim) return b instanceof Dim && a.equals(b);
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return Object.is(a, b);
  return a.every((item, place) => isSameValue(item, b[place]));
}

const defaults = new WeakMap<ModuleDeclaration, ReadonlyMap<string, Dim>>();

/** Sizes that params have where nobody sets them. */
export function defaultSizes(module: ModuleDeclaration): ReadonlyMap<string, Dim> {
  return remember(
    defaults,
    module,
    () =>
      new Map(
        [...module.params.values()].flatMap((param): [string, Dim][] => {
          const value = defaultOf(param);
          return value instanceof Dim ? [[param.name, value]] : [];
        }),
      ),
  );
}

const itemTypes = { ints: 'int', floats: 'float', strings: 'string' } as const;

function evaluateList(node: TreeNode, type: keyof typeof itemTypes, params: Params): Evaluated {
  const items = node.kind === 'sequence' ? itemsOf(node) : [node];
  const each = items.map((item) => evaluate(item, itemTypes[type], params));
  const values = each.map((item) => item.value);
  return {
    value: values.includes(undefined) ? undefined : (values as AttributeValue),
    problems: each.flatMap((item) => item.problems),
  };
}

function evaluateExpression(node: ScalarNode, type: ValueType, params: Params): Evaluated {
  const text = String(node.value);
  const only = /^\s*\$([A-Za-z_]\w*)\s*$/.exec(text)?.[1];
  if (only !== undefined && params.has(only)) return { value: params.get(only), problems: [] };
  const names = [...text.matchAll(/\$([A-Za-z_][\w]*)/g)].map((match) => match[1]!);
  const missing = names.find((name) => !params.has(name));
  if (missing !== undefined) {
    return {
      value: undefined,
      problems: [
        {
          range: node.range,
          kind: 'unresolved-param',
          message: `There is no parameter \`${missing}\``,
          name: missing,
        },
      ],
    };
  }
  if (type !== 'int')
    return wrong(node, `only whole numbers can be computed; write a literal or one \`$param\``);
  const { dim } = parseDim(text.replaceAll('$', ''));
  if (!dim) return wrong(node, `cannot read \`${text}\` as arithmetic`);
  const bare = [...dim.symbols()].find((name) => !names.includes(name));
  if (bare !== undefined) {
    const isParam = params.has(bare);
    const message = isParam
      ? `\`${bare}\` stands for a parameter here, so it is written \`$${bare}\``
      : `there is no parameter \`${bare}\`; in a setting only parameters can be computed with`;
    const fix = isParam ? withDollar(node, bare) : undefined;
    return {
      value: undefined,
      problems: [
        { range: node.range, kind: isParam ? 'wrong-value' : 'unresolved-param', message, name: bare, fix },
      ],
    };
  }
  const values = new Map<string, Dim>();
  for (const name of names) {
    const value = params.get(name);
    if (!(value instanceof Dim)) return { value: undefined, problems: [] };
    values.set(name, value);
  }
  return { value: dim.substitute(values), problems: [] };
}

/** The text with a `$` before a name that stands alone. */
function withDollar(node: ScalarNode, name: string): string {
  return String(node.value).replaceAll(new RegExp(`(?<![$\\w])${name}\\b`, 'g'), `$$${name}`);
}

function literal(node: ScalarNode, type: ValueType): Evaluated {
  const value = node.value;
  switch (type) {
    case 'int':
      if (typeof value === 'number' && Number.isInteger(value)) return { value: Dim.of(value), problems: [] };
      break;
    case 'float':
      if (typeof value === 'number') return { value, problems: [] };
      break;
    case 'bool':
      if (typeof value === 'boolean') return { value, problems: [] };
      break;
    default:
      if (value !== null) return { value: String(value), problems: [] };
  }
  return wrong(node, `expected ${article(type)}, not \`${node.raw}\``);
}

function wrong(node: TreeNode, message: string): Evaluated {
  return { value: undefined, problems: [{ range: node.range, kind: 'wrong-value', message }] };
}

function article(type: ValueType): string {
  const words = {
    int: 'a whole number',
    float: 'a number',
    bool: '`true` or `false`',
    string: 'text',
    enum: 'one of its values',
    ints: 'a list of whole numbers',
    floats: 'a list of numbers',
    strings: 'a list of names',
  };
  return words[type];
}
