import type { HostTensor } from '../../../engine/step/program';
import { tensor } from '../graph/tensors';
import { random } from './cases';
import type { Example } from './examples';
import { build, dot, type Reader, range, sigmoid, sum } from './nested';

/** States [step][unit] of one row, by the formulas; `order` is the order of reading, `counts` the mask. */
type Cell = (
  at: Record<string, Reader>,
  prefix: string,
  row: number,
  order: number[],
  counts: Reader,
) => number[][];

const [width, units] = [3, 2];

const lstm: Cell = (at, prefix, row, order, counts) => {
  let hidden = range(units).map(() => 0);
  let cell = hidden;
  const states: number[][] = [];
  for (const t of order) {
    const gate = (index: number, u: number): number => {
      const column = index * units + u;
      return (
        at[`${prefix}bias`]!(column) +
        dot(width, (k) => at.in!(row, t, k) * at[`${prefix}kernel`]!(k, column)) +
        dot(units, (k) => hidden[k]! * at[`${prefix}recurrent`]!(k, column))
      );
    };
    if (counts(row, t)) {
      const next = range(units).map(
        (u) => sigmoid(gate(1, u)) * cell[u]! + sigmoid(gate(0, u)) * Math.tanh(gate(2, u)),
      );
      const shown = range(units).map((u) => sigmoid(gate(3, u)) * Math.tanh(next[u]!));
      [cell, hidden] = [next, shown];
    }
    states[t] = hidden;
  }
  return states;
};

const gru: Cell = (at, prefix, row, order, counts) => {
  let hidden = range(units).map(() => 0);
  const states: number[][] = [];
  for (const t of order) {
    const own = (index: number, u: number): number =>
      at[`${prefix}bias`]!(index * units + u) +
      dot(width, (k) => at.in!(row, t, k) * at[`${prefix}kernel`]!(k, index * units + u));
    const past = (index: number, u: number): number =>
      at[`${prefix}recurrent_bias`]!(index * units + u) +
      dot(units, (k) => hidden[k]! * at[`${prefix}recurrent`]!(k, index * units + u));
    if (counts(row, t)) {
      hidden = range(units).map((u) => {
        const update = sigmoid(own(0, u) + past(0, u));
        const reset = sigmoid(own(1, u) + past(1, u));
        return update * hidden[u]! + (1 - update) * Math.tanh(own(2, u) + reset * past(2, u));
      });
    }
    states[t] = hidden;
  }
  return states;
};

const simple: Cell = (at, prefix, row, order, counts) => {
  let hidden = range(units).map(() => 0);
  const states: number[][] = [];
  for (const t of order) {
    const before = hidden;
    if (counts(row, t)) {
      hidden = range(units).map((u) =>
        Math.tanh(
          at[`${prefix}bias`]!(u) +
            dot(width, (k) => at.in!(row, t, k) * at[`${prefix}kernel`]!(k, u)) +
            dot(units, (k) => before[k]! * at[`${prefix}recurrent`]!(k, u)),
        ),
      );
    }
    states[t] = hidden;
  }
  return states;
};

const everyStep: Reader = () => 1;
const recurrentWeights = (prefix: string, gates: number, gated: boolean): Record<string, HostTensor> => ({
  [`${prefix}kernel`]: random([width, gates * units]),
  [`${prefix}recurrent`]: random([units, gates * units]),
  [`${prefix}bias`]: random([gates * units]),
  ...(gated ? { [`${prefix}recurrent_bias`]: random([gates * units]) } : {}),
});
const recurrents = (
  [
    ['lstm', lstm, 4],
    ['gru', gru, 3],
    ['simple_rnn', simple, 1],
  ] as const
).flatMap(([op, cell, gates]): Example[] => [
  {
    name: `${op}, the last state`,
    op,
    attributes: { units },
    inputs: { in: random([2, 4, width]) },
    weights: recurrentWeights('', gates, op === 'gru'),
    expected: (at) => build([2, units], (n, u) => cell(at, '', n!, range(4), everyStep)[3]![u!]!),
  },
  {
    name: `${op}, both directions, all states, a mask`,
    op,
    attributes: { units, bidirectional: true, return_sequences: true },
    inputs: { in: random([2, 4, width]), mask: tensor([2, 4], (i) => [0, 1, 1, 0, 1, 0, 1, 1][i]!) },
    weights: {
      ...recurrentWeights('', gates, op === 'gru'),
      ...recurrentWeights('backward_', gates, op === 'gru'),
    },
    expected: (at) =>
      build([2, 4, 2 * units], (n, t, u) =>
        u! < units
          ? cell(at, '', n!, range(4), at.mask!)[t!]![u!]!
          : cell(at, 'backward_', n!, range(4).reverse(), at.mask!)[t!]![u! - units]!,
      ),
  },
]);

/** Turns vectors at a step by their position: Su et al. 2021. */
const rotated = (vector: number[], step: number): number[] => {
  const pairs = vector.length / 2;
  return vector.map((_, k) => {
    const angle = step / 100 ** ((k % pairs) / pairs);
    const [u, v] = [vector[k % pairs]!, vector[(k % pairs) + pairs]!];
    return k < pairs ? u * Math.cos(angle) - v * Math.sin(angle) : u * Math.sin(angle) + v * Math.cos(angle);
  });
};

/**
 * Attention by the formula. `seen` says which keys a query may look at; `share` heads have keys and values in common;
 * `turn` changes queries and keys.
 */
function attend(
  at: Record<string, Reader>,
  context: Reader,
  steps: number,
  asked: number,
  heads: number,
  size: number,
  seen: (n: number, i: number, j: number) => boolean,
  share = 1,
  turn: (vector: number[], step: number) => number[] = (vector) => vector,
): HostTensor {
  const dim = 4;
  const side = (name: string, x: Reader, n: number, t: number, head: number): number[] =>
    range(size).map((k) => {
      const column = head * size + k;
      const bias = at[`${name}_bias`]?.(column) ?? 0;
      return bias + dot(dim, (from) => x(n, t, from) * at[`${name}_kernel`]!(from, column));
    });
  const mixed = (n: number, i: number, column: number): number => {
    const head = Math.floor(column / size);
    const shared = Math.floor(head / share);
    const query = turn(side('query', at.in!, n, i, head), i);
    const scores = range(asked).map((j) => {
      if (!seen(n, i, j)) return 0;
      const key = turn(side('key', context, n, j, shared), j);
      return Math.exp(dot(size, (k) => query[k]! * key[k]!) / Math.sqrt(size));
    });
    return dot(
      asked,
      (j) => (scores[j]! / sum(scores)) * side('value', context, n, j, shared)[column % size]!,
    );
  };
  return build([2, steps, dim], (n, i, d) => {
    const row = range(heads * size).map((column) => mixed(n!, i!, column));
    return (at.output_bias?.(d!) ?? 0) + dot(heads * size, (k) => row[k]! * at.output_kernel!(k, d!));
  });
}
const attentionWeights = Object.fromEntries(
  ['query', 'key', 'value', 'output'].flatMap((name) => [
    [`${name}_kernel`, random([4, 4], -1, 1)],
    [`${name}_bias`, random([4])],
  ]),
);
const attentions: Example[] = [
  {
    name: 'attention to itself, causal',
    op: 'attention',
    attributes: { heads: 2, causal: true },
    inputs: { in: random([2, 3, 4]) },
    weights: attentionWeights,
    expected: (at) => attend(at, at.in!, 3, 3, 2, 2, (_, i, j) => j <= i),
  },
  {
    name: 'attention to a context with a mask',
    op: 'attention',
    attributes: { heads: 1 },
    inputs: {
      in: random([2, 2, 4]),
      context: random([2, 3, 4]),
      mask: tensor([2, 3], (i) => [1, 1, 0, 0, 1, 1][i]!),
    },
    weights: attentionWeights,
    expected: (at) => attend(at, at.context!, 2, 3, 1, 4, (n, _, j) => at.mask!(n, j) === 1),
  },
];

const positions: Example[] = [
  {
    name: 'attention: four heads of size 2 share two of keys, turned, without bias, a mask of pairs',
    op: 'attention',
    attributes: { heads: 4, kv_heads: 2, size: 2, rotary: true, rotary_base: 100, use_bias: false },
    inputs: {
      in: random([2, 3, 4]),
      mask: tensor([2, 3, 3], (i) => [1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1][i]!),
    },
    weights: {
      query_kernel: random([4, 8], -1, 1),
      key_kernel: random([4, 4], -1, 1),
      value_kernel: random([4, 4], -1, 1),
      output_kernel: random([8, 4], -1, 1),
    },
    expected: (at) => attend(at, at.in!, 3, 3, 4, 2, (n, i, j) => at.mask!(n, i, j) === 1, 2, rotated),
  },
  {
    name: 'dot_attention of two heads, causal',
    op: 'dot_attention',
    attributes: { causal: true, scale: 0.5 },
    inputs: { query: random([1, 2, 3, 2]), key: random([1, 2, 3, 2]), value: random([1, 2, 3, 4]) },
    expected: ({ query, key, value }) =>
      build([1, 2, 3, 4], (n, h, i, d) => {
        const scores = range(i! + 1).map((j) =>
          Math.exp(0.5 * dot(2, (k) => query!(n!, h!, i!, k) * key!(n!, h!, j, k))),
        );
        return dot(i! + 1, (j) => (scores[j]! / sum(scores)) * value!(n!, h!, j, d!));
      }),
  },
  {
    name: 'dot_attention without heads, with a mask',
    op: 'dot_attention',
    inputs: {
      query: random([2, 2, 3]),
      key: random([2, 3, 3]),
      value: random([2, 3, 2]),
      mask: tensor([2, 3], (i) => [1, 1, 0, 0, 1, 1][i]!),
    },
    expected: ({ query, key, value, mask }) =>
      build([2, 2, 2], (n, i, d) => {
        const scores = range(3).map(
          (j) => mask!(n!, j) * Math.exp(dot(3, (k) => query!(n!, i!, k) * key!(n!, j, k)) / Math.sqrt(3)),
        );
        return dot(3, (j) => (scores[j]! / sum(scores)) * value!(n!, j, d!));
      }),
  },
  {
    name: 'sinusoidal_embedding',
    op: 'sinusoidal_embedding',
    attributes: { base: 100 },
    inputs: { in: random([2, 3, 4]) },
    expected: ({ in: x }) =>
      build([2, 3, 4], (n, t, d) => {
        const angle = t! / 100 ** ((2 * Math.floor(d! / 2)) / 4);
        return x!(n!, t!, d!) + (d! % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
      }),
  },
  {
    name: 'rotary_embedding of two heads side by side',
    op: 'rotary_embedding',
    attributes: { heads: 2, base: 100 },
    inputs: { in: random([1, 3, 8]) },
    expected: ({ in: x }) =>
      build([1, 3, 8], (n, t, d) => {
        const head = Math.floor(d! / 4);
        return rotated(
          range(4).map((k) => x!(n!, t!, 4 * head + k)),
          t!,
        )[d! % 4]!;
      }),
  },
  {
    name: 'rotary_embedding of heads with an axis of their own',
    op: 'rotary_embedding',
    attributes: { base: 100 },
    inputs: { in: random([1, 2, 3, 2]) },
    expected: ({ in: x }) =>
      build([1, 2, 3, 2], (n, h, t, d) => rotated([x!(n!, h!, t!, 0), x!(n!, h!, t!, 1)], t!)[d!]!),
  },
];

/** Recurrence, attention and positions. */
export const sequences: Example[] = [...recurrents, ...attentions, ...positions];
