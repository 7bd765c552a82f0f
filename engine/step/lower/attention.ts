import type { Builder } from '../builder';
import type { Size, TensorId } from '../program';
import { product } from '../sizes';
import type { Lowering } from './context';
import { project } from './dense';

/** [batch, seq, heads * width] -> [batch * heads, seq, width] */
function splitHeads(b: Builder, x: TensorId, heads: number): TensorId {
  const [batch, seq, dim] = b.shape(x) as [Size, Size, number];
  const split = b.transpose(b.reshape(x, [batch, seq, heads, dim / heads]), [0, 2, 1, 3]);
  return b.reshape(split, [product([batch, heads]), seq, dim / heads]);
}

/**
 * Vaswani et al. 2017, section 3.2.2: softmax(Q Kᵀ / √width) V in every head, then a projection. The queries come
 * from the input, keys and values from `context`. `mask` [batch, keys] says which positions may be looked at; with
 * `causal`, none may look ahead.
 */
const attention: Lowering = (at) => {
  const { b } = at;
  const query = at.input();
  const context = at.optional('context') ?? query;
  const heads = at.number('heads');
  const side = (name: string, x: TensorId): TensorId =>
    splitHeads(b, project(b, x, at.weight(`${name}_kernel`), at.optionalWeight(`${name}_bias`)), heads);
  const q = side('query', query);
  const k = side('key', context);
  const v = side('value', context);
  const [grouped, targets, width] = b.shape(q) as [Size, Size, number];
  const sources = b.staticSize(k, 1);
  let scores = b.mul(b.matmul(q, k, false, true), b.scalar(1 / Math.sqrt(width)));

  const mask = at.optional('mask');
  const forbidden = b.scalar(-1e9);
  if (mask !== undefined) {
    const batch = b.shape(query)[0]!;
    const apart = b.reshape(scores, [batch, heads, targets, sources]);
    const allowed = b.reshape(b.cast(mask, 'bool'), [batch, 1, 1, sources]);
    scores = b.reshape(b.select(allowed, apart, forbidden), [grouped, targets, sources]);
  }
  if (at.boolean('causal', false)) {
    const rows = b.staticSize(q, 1);
    const ahead = Float32Array.from({ length: rows * sources }, (_, at) =>
      at % sources > Math.floor(at / sources) ? -1e9 : 0,
    );
    scores = b.add(scores, b.constant(ahead, [rows, sources]));
  }
  const attended = b.matmul(b.softmax(scores), v);
  const [batch, seq] = b.shape(query) as [Size, Size];
  const together = b.reshape(b.transpose(b.reshape(attended, [batch, heads, seq, width]), [0, 2, 1, 3]), [
    batch,
    seq,
    heads * width,
  ]);
  return project(b, together, at.weight('output_kernel'), at.optionalWeight('output_bias'));
};

export const attentions: Record<string, Lowering> = { attention, multi_head_attention: attention };
