/** Element types, classes of them, and which casts lose nothing. */
import type { DType } from '../plan/format';

export type { DType } from '../plan/format';

export const dtypes: readonly DType[] = [
  'bool',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'string',
];

/** Several element types at once: `float`, `float16|float32`. Within one brick, equal names mean the same one. */
export interface DTypeClass {
  name: string;
  /** The most usual first. */
  members: readonly DType[];
}

const floats: readonly DType[] = ['float32', 'float16', 'bfloat16', 'float64'];
const ints: readonly DType[] = ['int32', 'int64', 'int8', 'int16', 'uint8'];

export const dtypeClasses: readonly DTypeClass[] = [
  { name: 'float', members: floats },
  { name: 'int', members: ints },
  { name: 'num', members: [...floats, ...ints] },
  { name: 'any', members: [...floats, ...ints, 'bool', 'string'] },
];

/** What people write out of habit, and what it is called here. */
const otherNames: Record<string, DType> = {
  double: 'float64',
  half: 'float16',
  bf16: 'bfloat16',
  fp16: 'float16',
  fp32: 'float32',
  f32: 'float32',
  long: 'int64',
  i32: 'int32',
  i64: 'int64',
  boolean: 'bool',
  byte: 'uint8',
  str: 'string',
  text: 'string',
};

export function isDtype(name: string): name is DType {
  return (dtypes as readonly string[]).includes(name);
}

/** `float`, or `int32` as a class of one. */
export function dtypeClass(name: string): DTypeClass | undefined {
  return isDtype(name) ? { name, members: [name] } : dtypeClasses.find((each) => each.name === name);
}

/** What a name that is no element type was probably meant to be. */
export function meantDtype(name: string): DType | undefined {
  const lower = name.toLowerCase();
  return (
    otherNames[lower] ??
    dtypes.find((dtype) => dtype === lower) ??
    dtypes.find((dtype) => sameLetters(dtype, lower))
  );
}

/** Two neighbouring letters swapped, or one letter too many or too few. */
function sameLetters(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const [x, y] = [a.slice(same), b.slice(same)];
  return (
    x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1) || `${x[1]}${x[0]}${x.slice(2)}` === y
  );
}

/** Element types that a wire turns into others by itself, because nothing is lost. */
const implicitCasts: Partial<Record<DType, DType>> = {
  float16: 'float32',
  bfloat16: 'float32',
  int32: 'int64',
};

export function castsImplicitly(from: DType, to: DType): boolean {
  return from === to || implicitCasts[from] === to;
}

/**
 * Bits of whole numbers and fractions that an element type holds exactly, and its largest exponent (IEEE 754;
 * bfloat16 is the upper half of a float32).
 */
const capacity: Record<
  Exclude<DType, 'string'>,
  { bits: number; reach: number; signed: boolean; whole: boolean }
> = {
  bool: { bits: 1, reach: 1, signed: false, whole: true },
  uint8: { bits: 8, reach: 8, signed: false, whole: true },
  int8: { bits: 7, reach: 7, signed: true, whole: true },
  int16: { bits: 15, reach: 15, signed: true, whole: true },
  int32: { bits: 31, reach: 31, signed: true, whole: true },
  int64: { bits: 63, reach: 63, signed: true, whole: true },
  bfloat16: { bits: 8, reach: 127, signed: true, whole: false },
  float16: { bits: 11, reach: 15, signed: true, whole: false },
  float32: { bits: 24, reach: 127, signed: true, whole: false },
  float64: { bits: 53, reach: 1023, signed: true, whole: false },
};

/** Whether every value of one type is exactly a value of the other. */
export function isLossless(from: DType, to: DType): boolean {
  if (from === to) return true;
  if (from === 'string' || to === 'string') return false;
  const [a, b] = [capacity[from], capacity[to]];
  return a.bits <= b.bits && a.reach <= b.reach && (b.signed || !a.signed) && (a.whole || !b.whole);
}
