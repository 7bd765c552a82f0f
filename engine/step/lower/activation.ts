import type { Builder } from '../builder';
import type { TensorId } from '../program';
import type { Lowering } from './context';

/** 0.5 x (1 + erf(x / √2)); Hendrycks & Gimpel 2016, exact form. */
function gelu(b: Builder, x: TensorId): TensorId {
  const cumulative = b.mul(
    b.scalar(0.5),
    b.add(b.scalar(1), b.unary('erf', b.mul(x, b.scalar(Math.SQRT1_2)))),
  );
  return b.mul(x, cumulative);
}

/** The approximation in the same paper: 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))). */
function geluTanh(b: Builder, x: TensorId): TensorId {
  const cube = b.mul(x, b.unary('square', x));
  const inner = b.mul(b.add(x, b.mul(cube, b.scalar(0.044715))), b.scalar(Math.sqrt(2 / Math.PI)));
  return b.mul(b.mul(x, b.scalar(0.5)), b.add(b.unary('tanh', inner), b.scalar(1)));
}

/** x where it is positive, else `below(x)`, which sees 0 where x is positive so that it cannot overflow. */
function twoSided(b: Builder, x: TensorId, below: (negative: TensorId) => TensorId): TensorId {
  const negative = b.sub(x, b.unary('relu', x));
  return b.add(b.unary('relu', x), below(negative));
}

const leakyRelu = (b: Builder, x: TensorId, slope: TensorId): TensorId =>
  twoSided(b, x, (negative) => b.mul(negative, slope));

const elu = (b: Builder, x: TensorId, alpha: number): TensorId =>
  twoSided(b, x, (negative) => b.mul(b.sub(b.unary('exp', negative), b.scalar(1)), b.scalar(alpha)));

/** Klambauer et al. 2017: the fixed point of mean 0 and variance 1. */
const [seluScale, seluAlpha] = [1.0507009873554805, 1.6732632423543772];

/** Between two bounds; an infinite one costs nothing. */
export function clip(b: Builder, x: TensorId, least: number, greatest: number): TensorId {
  const above = Number.isFinite(least) ? b.binary('maximum', x, b.scalar(least)) : x;
  return Number.isFinite(greatest) ? b.binary('minimum', above, b.scalar(greatest)) : above;
}

const hardSigmoid = (b: Builder, x: TensorId): TensorId =>
  clip(b, b.add(b.mul(x, b.scalar(1 / 6)), b.scalar(0.5)), 0, 1);

const silu = (b: Builder, x: TensorId): TensorId => b.mul(x, b.unary('sigmoid', x));

/** Without attributes, or with their defaults. */
const functions: Record<string, (b: Builder, x: TensorId) => TensorId> = {
  relu: (b, x) => b.unary('relu', x),
  relu6: (b, x) => clip(b, x, 0, 6),
  leaky_relu: (b, x) => leakyRelu(b, x, b.scalar(0.01)),
  elu: (b, x) => elu(b, x, 1),
  selu: (b, x) => b.mul(elu(b, x, seluAlpha), b.scalar(seluScale)),
  gelu,
  gelu_tanh: geluTanh,
  silu,
  mish: (b, x) => b.mul(x, b.unary('tanh', b.unary('softplus', x))),
  softplus: (b, x) => b.unary('softplus', x),
  softsign: (b, x) => b.div(x, b.add(b.unary('abs', x), b.scalar(1))),
  tanh: (b, x) => b.unary('tanh', x),
  hard_tanh: (b, x) => clip(b, x, -1, 1),
  sigmoid: (b, x) => b.unary('sigmoid', x),
  hard_sigmoid: hardSigmoid,
  hard_swish: (b, x) => b.mul(x, hardSigmoid(b, x)),
  softmax: (b, x) => b.softmax(x),
  log_softmax: (b, x) => b.logSoftmax(x),
};

/** The two halves of the last axis. */
const gate =
  (join: (b: Builder, first: TensorId, second: TensorId) => TensorId): Lowering =>
  (at) => {
    const { b } = at;
    const x = at.input();
    const axis = b.rank(x) - 1;
    const half = b.staticSize(x, axis) / 2;
    return join(b, b.cut(x, axis, 0, half), b.cut(x, axis, half, half));
  };

/** The `activation` attribute of layers: a name from the list above, or `linear`. */
export function activate(b: Builder, name: string, x: TensorId): TensorId {
  if (name === 'linear') return x;
  const activation = functions[name];
  if (!activation) throw new Error(`there is no activation '${name}'`);
  return activation(b, x);
}

export const activations: Record<string, Lowering> = {
  ...Object.fromEntries(
    Object.entries(functions).map(([name, activation]): [string, Lowering] => [
      name,
      (at) => activation(at.b, at.input()),
    ]),
  ),
  leaky_relu: (at) => leakyRelu(at.b, at.input(), at.b.scalar(at.number('slope', 0.01))),
  elu: (at) => elu(at.b, at.input(), at.number('alpha', 1)),
  prelu: (at) => leakyRelu(at.b, at.input(), at.weight('slope')),
  glu: gate((b, first, second) => b.mul(first, b.unary('sigmoid', second))),
  swiglu: gate((b, first, second) => b.mul(silu(b, first), second)),
  geglu: gate((b, first, second) => b.mul(gelu(b, first), second)),
};
