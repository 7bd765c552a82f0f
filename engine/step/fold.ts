import type { BinaryName, UnaryName } from './program';

const unary: Partial<Record<UnaryName, (x: number) => number>> = {
  neg: (x) => -x,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  square: (x) => x * x,
};

const binary: Partial<Record<BinaryName, (left: number, right: number) => number>> = {
  add: (left, right) => left + right,
  sub: (left, right) => left - right,
  mul: (left, right) => left * right,
  div: (left, right) => left / right,
};

/** The value of a unary primitive of a constant, if it is worth knowing now. */
export function foldUnary(op: UnaryName, value: number): number | undefined {
  return unary[op]?.(value);
}

/** What a binary primitive comes to when one or both sides are constants: a number, or one of its sides. */
export function foldBinary(
  op: BinaryName,
  left: number | undefined,
  right: number | undefined,
): number | 'left' | 'right' | undefined {
  if (left !== undefined && right !== undefined) return binary[op]?.(left, right);
  if ((op === 'add' || op === 'sub') && right === 0) return 'left';
  if ((op === 'mul' || op === 'div') && right === 1) return 'left';
  if (op === 'add' && left === 0) return 'right';
  if (op === 'mul' && left === 1) return 'right';
  return undefined;
}
