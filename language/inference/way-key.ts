/** What tells one way of opening a brick from another. */
import type { AttributeValue } from '../ops/op';
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import type { Way } from './opened';

/** Equal for ways that open a brick to the same; undefined for values that cannot be told apart by a key. */
export function keyOfWay({ values, inputs, rigid }: Way): string | undefined {
  let key = rigid.join();
  for (const [name, value] of values) {
    const own = keyOfValue(value);
    if (own === undefined) return undefined;
    key += `|${name}=${own}`;
  }
  for (const [name, type] of inputs) key += `|${name}:${keyOfType(type)}`;
  return key;
}

function keyOfValue(value: AttributeValue | undefined): string | undefined {
  if (value instanceof Dim) return `dim ${value.key}`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (!Array.isArray(value)) return typeof value === 'object' ? undefined : String(value);
  const items = value.map(keyOfValue);
  return items.includes(undefined) ? undefined : `[${items.join()}]`;
}

function keyOfType({ dtype, dims, lead, at, oneOf, repeats }: TensorType): string {
  const sizes = dims.map(({ key }) => key).join();
  const isPlain = lead === undefined && !oneOf && !repeats;
  return `${dtype}[${sizes}]${isPlain ? '' : JSON.stringify([lead, at, oneOf, repeats])}`;
}
