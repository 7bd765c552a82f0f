/** What is wrong with one word or number, and what a value is called in a sentence. */
import type { Path } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';
import type { Schema } from './compiled';
import { allows, listed } from './words';

export function scalarProblem(value: unknown, schema: Schema, owner: { path: Path }): string | undefined {
  const name = nameOf(owner);
  if (schema.values && !schema.values.includes(value as string)) {
    return schema.errorMessage ?? `${name} cannot be \`${value}\`: it is ${listed(schema.values)}`;
  }
  if (typeof value === 'string') {
    if (value.length < schema.minLength) return `${name} cannot be empty`;
    if (schema.pattern && !schema.pattern.test(value))
      return schema.errorMessage ?? `${name} cannot be \`${value}\``;
  }
  return typeof value === 'number' ? rangeProblem(value, schema, name) : undefined;
}

function rangeProblem(value: number, schema: Schema, name: string): string | undefined {
  if (!Number.isFinite(value))
    return `${name} must be a number, not ${Number.isNaN(value) ? 'NaN' : 'infinite'}`;
  if (value < schema.minimum) return `${name} must be at least ${schema.minimum}`;
  if (value > schema.maximum) return `${name} must be at most ${schema.maximum}`;
  if (value <= schema.exclusiveMinimum) return `${name} must be more than ${schema.exclusiveMinimum}`;
  return value >= schema.exclusiveMaximum
    ? `${name} must be less than ${schema.exclusiveMaximum}`
    : undefined;
}

/** A number or flag without its quotes or its unit, where that is what was wanted. */
export function unquoted(node: TreeNode, schema: Schema): string | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  const text = node.value;
  const [, number, unit] = /^(-?\d+(?:\.\d+)?)\s*(%|[a-zA-Z]+)$/.exec(text) ?? [];
  if (number !== undefined && unit === '%' && allows(schema, 'number')) return String(Number(number) / 100);
  if (number !== undefined && unit !== '%' && allows(schema, number.includes('.') ? 'number' : 'integer'))
    return number;
  if (node.style === 'plain') return undefined;
  if (/^(true|false)$/.test(text) && allows(schema, 'boolean')) return text;
  return /^-?\d+$/.test(text) && allows(schema, 'integer') ? text : undefined;
}

export function nameOf({ path }: { path: Path }): string {
  const last = path.at(-1);
  if (typeof last !== 'number') return last === undefined ? 'The file' : `\`${last}\``;
  return `Item ${last + 1} of ${innerName({ path: path.slice(0, -1) })}`;
}

/** Within a sentence. */
export function innerName(owner: { path: Path }): string {
  return nameOf(owner).replace(/^Item/, 'item').replace(/^The/, 'the');
}
