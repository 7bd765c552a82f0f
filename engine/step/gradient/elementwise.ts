import type { Builder } from '../builder';
import type { BinaryName, TensorId, UnaryName } from '../program';
import type { Contribution, Differentiated, Rules } from './rule';
import { times } from './times';

type Unary = { input: TensorId };
type Binary = { left: TensorId; right: TensorId };

/** Sums a gradient over the axes along which `operand` was broadcast. */
export function unbroadcast(b: Builder, gradient: TensorId, operand: TensorId): TensorId {
  const shape = b.shape(gradient);
  const target = b.shape(operand);
  const extra = shape.length - target.length;
  const axes = shape.flatMap((size, axis) => {
    const own = axis < extra ? undefined : target[axis - extra];
    return own === undefined || (own === 1 && size !== 1) ? [axis] : [];
  });
  return b.reshape(b.sum(gradient, axes), target);
}

/** A rule from the derivative: `slope(b, x, y)` is dy/dx as a tensor. */
const unary =
  (slope: (b: Builder, x: TensorId, y: TensorId) => TensorId) =>
  ({ b, id, instruction, gradient }: Differentiated<Unary>): Contribution[] => [
    { to: instruction.input, gradient: times(b, gradient, slope(b, instruction.input, id)) },
  ];

/** A rule from what each side gets, before broadcasting is undone. */
const binary =
  (
    left: (b: Builder, g: TensorId, x: TensorId, y: TensorId, out: TensorId) => TensorId,
    right: (b: Builder, g: TensorId, x: TensorId, y: TensorId, out: TensorId) => TensorId,
  ) =>
  ({ b, id, instruction, gradient, needs }: Differentiated<Binary>): Contribution[] => {
    const { left: x, right: y } = instruction;
    const contributions: Contribution[] = [];
    if (needs(x)) {
      contributions.push({ to: x, gradient: unbroadcast(b, left(b, gradient, x, y, id), x) });
    }
    if (needs(y)) {
      contributions.push({ to: y, gradient: unbroadcast(b, right(b, gradient, x, y, id), y) });
    }
    return contributions;
  };

/** Where a side equals the result it gets the gradient; where both do, half of it each, as TensorFlow does for ties. */
const extremum = binary(
  (b, g, x, y, out) => b.mul(g, share(b, x, y, out)),
  (b, g, x, y, out) => b.mul(g, share(b, y, x, out)),
);

function share(b: Builder, own: TensorId, other: TensorId, out: TensorId): TensorId {
  const mine = b.cast(b.binary('equal', own, out), 'float32');
  const tie = b.cast(b.binary('equal', own, other), 'float32');
  return b.sub(mine, b.mul(tie, b.scalar(0.5)));
}

export const elementwise: Rules<UnaryName | BinaryName | 'select' | 'cast'> = {
  neg: ({ b, instruction, gradient }) => [{ to: instruction.input, gradient: b.unary('neg', gradient) }],
  exp: unary((_, __, y) => y),
  log: unary((b, x) => b.unary('reciprocal', x)),
  log1p: unary((b, x) => b.unary('reciprocal', b.add(x, b.scalar(1)))),
  sqrt: unary((b, _, y) => b.div(b.scalar(0.5), y)),
  rsqrt: unary((b, _, y) => b.mul(b.scalar(-0.5), b.mul(y, b.unary('square', y)))),
  reciprocal: unary((b, _, y) => b.unary('neg', b.unary('square', y))),
  tanh: unary((b, _, y) => b.sub(b.scalar(1), b.unary('square', y))),
  sigmoid: unary((b, _, y) => b.mul(y, b.sub(b.scalar(1), y))),
  // The result is never negative, so its sign is the step function.
  relu: unary((b, _, y) => b.unary('sign', y)),
  softplus: unary((b, x) => b.unary('sigmoid', x)),
  abs: unary((b, x) => b.unary('sign', x)),
  square: unary((b, x) => b.mul(b.scalar(2), x)),
  erf: unary((b, x) =>
    b.mul(b.scalar(2 / Math.sqrt(Math.PI)), b.unary('exp', b.unary('neg', b.unary('square', x)))),
  ),
  sin: unary((b, x) => b.unary('cos', x)),
  cos: unary((b, x) => b.unary('neg', b.unary('sin', x))),
  sign: null,
  floor: null,
  logical_not: null,
  is_nan: null,

  add: binary(
    (_, g) => g,
    (_, g) => g,
  ),
  // Negated last, where it may be smaller.
  sub: ({ b, instruction: { left, right }, gradient, needs }) => [
    ...(needs(left) ? [{ to: left, gradient: unbroadcast(b, gradient, left) }] : []),
    ...(needs(right) ? [{ to: right, gradient: b.unary('neg', unbroadcast(b, gradient, right)) }] : []),
  ],
  mul: binary(
    (b, g, _, y) => times(b, g, y),
    (b, g, x) => times(b, g, x),
  ),
  div: binary(
    (b, g, _, y) => b.div(g, y),
    (b, g, _, y, out) => b.unary('neg', b.div(b.mul(g, out), y)),
  ),
  // For x > 0, where a power with a variable exponent is differentiable.
  pow: binary(
    (b, g, x, y) => b.mul(g, b.mul(y, b.binary('pow', x, b.sub(y, b.scalar(1))))),
    (b, g, x, _, out) => b.mul(g, b.mul(out, b.unary('log', x))),
  ),
  maximum: extremum,
  minimum: extremum,
  equal: null,
  less: null,
  less_equal: null,
  greater: null,
  greater_equal: null,
  logical_and: null,
  logical_or: null,

  select: ({ b, instruction: { condition, left, right }, gradient, needs }) => {
    const zero = b.scalar(0);
    const contributions: Contribution[] = [];
    if (needs(left)) {
      contributions.push({ to: left, gradient: unbroadcast(b, b.select(condition, gradient, zero), left) });
    }
    if (needs(right)) {
      contributions.push({ to: right, gradient: unbroadcast(b, b.select(condition, zero, gradient), right) });
    }
    return contributions;
  },
  cast: ({ b, instruction, gradient }) =>
    b.dtype(instruction.input) === 'float32' ? [{ to: instruction.input, gradient }] : [],
};
