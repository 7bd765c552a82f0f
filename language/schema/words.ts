/** How findings about structure are put into words. */
import type { TreeNode } from '../syntax/tree';
import type { JsonScalar, JsonType, Schema } from './compiled';

const TYPE_WORDS: Record<JsonType, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
  array: 'a list',
  object: 'a map',
};

export function typeOf(node: TreeNode | undefined): JsonType {
  if (!node) return 'null';
  if (node.kind === 'map') return 'object';
  if (node.kind === 'sequence') return 'array';
  if (node.value === null) return 'null';
  if (typeof node.value === 'number') return Number.isInteger(node.value) ? 'integer' : 'number';
  return typeof node.value as 'string' | 'boolean';
}

export function allows(schema: Schema, type: JsonType): boolean {
  if (schema.types) {
    return schema.types.includes(type) || (type === 'integer' && schema.types.includes('number'));
  }
  if (schema.values) return schema.values.some((value) => typeOfValue(value) === type);
  return schema.union.length === 0 || schema.union.some((branch) => allows(branch, type));
}

function typeOfValue(value: JsonScalar): JsonType {
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'string' | 'boolean';
}

/** `text or a list` */
export function expected(schema: Schema): string {
  const types = schema.types ?? (schema.values ? [...new Set(schema.values.map(typeOfValue))] : []);
  const all =
    types.length > 0 ? types : schema.union.flatMap((branch) => branch.types ?? ['string' as const]);
  return either([...new Set(all)].map((type) => TYPE_WORDS[type]));
}

export function found(node: TreeNode | undefined): string {
  const type = typeOf(node);
  if (node?.kind === 'scalar' && type !== 'string') return `\`${node.raw}\``;
  return TYPE_WORDS[type];
}

/** `a`, `b` or `c`; with many, the first ones. */
export function listed(values: Iterable<JsonScalar>, most = 8): string {
  const all = [...values].map((value) => `\`${value}\``);
  return all.length > most ? `${all.slice(0, most).join(', ')}, …` : either(all);
}

function either(words: string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
