import type { Builder } from '../builder';
import type { Size, TensorId } from '../program';
import { product } from '../sizes';
import type { Lowering, LoweringContext } from './context';
import { project } from './dense';
import { rotate } from './position';

/** What a query may not see gets this score, which softmax turns into 0. */
const forbidden = -1e9;

/** [batch, steps, heads * size] -> [batch, heads, steps, size] */
function splitHeads(b: Builder, x: TensorId, heads: number): TensorId {
  const [batch, steps, width] = b.shape(x) as [Size, Size, number];
  return b.transpose(b.reshape(x, [batch, steps, heads, width / heads]), [0, 2, 1, 3]);
}

/** -1e9 [steps, asked] above the diagonal, where a step would look ahead; for scores [batch, heads, steps, asked]. */
function lookAhead(b: Builder, scores: TensorId): TensorId {
  const [, , steps, asked] = b.shape(scores) as [Size, Size, Size, Size];
  if (typeof steps === 'string' || typeof asked === 'string') {
    const [own, other] = [b.reshape(b.iota(scores, 2), [steps, 1]), b.iota(scores, 3)];
    return b.select(b.binary('less', own, other), b.scalar(forbidden), b.scalar(0));
  }
  const ahead = Float32Array.from({ length: steps * asked }, (_, place) =>
    place % asked > Math.floor(place / asked) ? forbidden : 0,
  );
  return b.constant(ahead, [steps, asked]);
}

interface Sides {
  /** [batch, heads, steps, size]. */
  query: TensorId;
  /** [batch, key heads, asked, size]; key heads divide heads. */
  key: TensorId;
  value: TensorId;
}

/**
 * Vaswani et al. 2017, equation 1, in every head: softmax(Q Kᵀ · scale) V as [batch, heads, steps, value size]. Heads
 * that share keys are multiplied as one long sequence of queries. `drop` thins the weights.
 */
function attend(
  at: LoweringContext,
  { query, key, value }: Sides,
  scale: number,
  drop: (weights: TensorId) => TensorId = (weights) => weights,
): TensorId {
  const { b } = at;
  const [batch, heads, steps] = b.shape(query) as [Size, number, Size];
  const [, keyHeads, asked] = b.shape(key) as [Size, number, Size];
  const groups = product([batch, keyHeads]);
  const queries = product([heads / keyHeads, steps]);
  const flat = (x: TensorId, rows: Size): TensorId => b.reshape(x, [groups, rows, b.shape(x).at(-1)!]);
  // Queries have fewer numbers than scores, unless sequences are short.
  const scores = b.matmul(flat(b.mul(query, b.scalar(scale)), queries), flat(key, asked), false, true);
  const seen = hide(at, b.reshape(scores, [batch, heads, steps, asked]));
  const weights = drop(b.softmax(seen));
  const mixed = b.matmul(b.reshape(weights, [groups, queries, asked]), flat(value, asked));
  return b.reshape(mixed, [batch, heads, steps, b.shape(value).at(-1)!]);
}

/** Scores [batch, heads, steps, asked] without what the mask hides and, with `causal`, what lies ahead. */
function hide(at: LoweringContext, scores: TensorId): TensorId {
  const { b } = at;
  const [batch, , steps, asked] = b.shape(scores) as [Size, Size, Size, Size];
  const mask = at.optional('mask');
  let seen = scores;
  if (mask !== undefined) {
    const shape = b.rank(mask) === 2 ? [batch, 1, 1, asked] : [batch, 1, steps, asked];
    seen = b.select(b.reshape(b.cast(mask, 'bool'), shape), seen, b.scalar(forbidden));
  }
  if (!at.boolean('causal', false)) return seen;
  return b.add(seen, lookAhead(b, scores));
}

/**
 * Vaswani et al. 2017, section 3.2.2. The queries come from the input, keys and values from `context`. `mask`
 * [batch, asked] or [batch, steps, asked] says what may be looked at; with `causal`, nothing ahead.
 */
const attention: Lowering = (at) => {
  const { b } = at;
  const asking = at.input();
  const context = at.optional('context') ?? asking;
  const heads = at.number('heads');
  const keyHeads = at.number('kv_heads', heads);
  const side = (name: string, x: TensorId, count: number): TensorId =>
    splitHeads(b, project(b, x, at.weight(`${name}_kernel`), at.optionalWeight(`${name}_bias`)), count);
  const turned = (x: TensorId): TensorId =>
    at.boolean('rotary', false) ? rotate(b, x, at.number('rotary_base', 10_000)) : x;
  const query = turned(side('query', asking, heads));
  const key = turned(side('key', context, keyHeads));
  const value = side('value', context, keyHeads);
  const size = b.staticSize(query, 3);
  const mixed = attend(at, { query, key, value }, 1 / Math.sqrt(size), (weights) =>
    at.dropout(weights, at.number('dropout', 0)),
  );
  const [batch, , steps] = b.shape(mixed) as [Size, Size, Size];
  const together = b.reshape(b.transpose(mixed, [0, 2, 1, 3]), [batch, steps, heads * size]);
  return project(b, together, at.weight('output_kernel'), at.optionalWeight('output_bias'));
};

const dotAttention: Lowering = (at) => {
  const { b } = at;
  const query = at.input('query');
  const apart = (port: string): TensorId => {
    const x = at.input(port);
    const [batch, ...rest] = b.shape(x) as [Size, ...Size[]];
    return b.rank(x) === 3 ? b.reshape(x, [batch, 1, ...rest]) : x;
  };
  const sides = { query: apart('query'), key: apart('key'), value: apart('value') };
  const mixed = attend(at, sides, at.number('scale', 1 / Math.sqrt(b.staticSize(sides.query, 3))));
  return b.reshape(mixed, [...b.shape(query).slice(0, -1), b.shape(mixed).at(-1)!]);
};

export const attentions: Record<string, Lowering> = { attention, dot_attention: dotAttention };
