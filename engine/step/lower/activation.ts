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

const functions: Record<string, (b: Builder, x: TensorId) => TensorId> = {
  relu: (b, x) => b.unary('relu', x),
  gelu,
  tanh: (b, x) => b.unary('tanh', x),
  sigmoid: (b, x) => b.unary('sigmoid', x),
  softmax: (b, x) => b.softmax(x),
  silu: (b, x) => b.mul(x, b.unary('sigmoid', x)),
  softplus: (b, x) => b.unary('softplus', x),
};

/** The `activation` attribute of layers: a name from the list above, or `linear`. */
export function activate(b: Builder, name: string, x: TensorId): TensorId {
  if (name === 'linear') return x;
  const activation = functions[name];
  if (!activation) throw new Error(`there is no activation '${name}'`);
  return activation(b, x);
}

export const activations: Record<string, Lowering> = Object.fromEntries(
  Object.entries(functions).map(([name, activation]) => [name, (at) => activation(at.b, at.input())]),
);
