import { remember } from '../remember';
import { Dim } from '../types/dim';

/** Deep enough for lists of steps, wires and types; what lies deeper has to be the same object. */
const DEEPEST = 8;

/** What things were last compared with: many rules look at the same. */
const compared = new WeakMap<object, { with: object; isSame: boolean }>();

/** Whether both are the same object, or made of the same parts. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const known = compared.get(a);
  if (known?.with === b) return known.isSame;
  const found = isAlike(a, b, DEEPEST);
  compared.set(a, { with: b, isSame: found });
  return found;
}

function isAlike(a: unknown, b: unknown, deepest: number): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  if (a instanceof Dim) return b instanceof Dim && a.equals(b);
  if (deepest === 0) return false;
  if (Array.isArray(a))
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, place) => isAlike(item, b[place], deepest - 1))
    );
  if (a instanceof Map) return b instanceof Map && isSameMap(a, b, deepest);
  return isPlain(a) && isPlain(b) && isSamePlain(a, b, deepest);
}

function isSameMap(a: Map<unknown, unknown>, b: Map<unknown, unknown>, deepest: number): boolean {
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [key, value] of a) {
    const [otherKey, other] = others.next().value!;
    if (key !== otherKey || !isAlike(value, other, deepest - 1)) return false;
  }
  return true;
}

/** Declarations are compared as a whole. */
function isPlain(value: object): value is Record<string, unknown> {
  return Object.getPrototypeOf(value) === Object.prototype && !('root' in value);
}

function isSamePlain(a: Record<string, unknown>, b: Record<string, unknown>, deepest: number): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => key in b && isAlike(a[key], b[key], deepest - 1));
}

const keys = new WeakMap<ReadonlyMap<string, unknown>, readonly string[]>();

/** One list for each map. */
export function keysOf(map: ReadonlyMap<string, unknown>): readonly string[] {
  return remember(keys, map, () => [...map.keys()]);
}
