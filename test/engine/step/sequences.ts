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

/** Attention of one row and head, by the formula. `seen` says which keys a query may look at. */
function attend(
  at: Record<string, Reader>,
  context: Reader,
  steps: number,
  asked: number,
  heads: number,
  size: number,
  seen: (n: number, i: number, j: number) => boolean,
): HostTensor {
  const dim = heads * size;
  const side = (name: string, x: Reader, n: number, t: number, column: number): number =>
    at[`${name}_bias`]!(column) + dot(dim, (k) => x(n, t, k) * at[`${name}_kernel`]!(k, column));
  const mixed = (n: number, i: number, column: number): number => {
    const head = Math.floor(column / size);
    const columns = range(size).map((k) => head * size + k);
    const scores = range(asked).map((j) =>
      seen(n, i, j)
        ? Math.exp(
            sum(columns.map((k) => side('query', at.in!, n, i, k) * side('key', context, n, j, k))) /
              Math.sqrt(size),
          )
        : 0,
    );
    return dot(asked, (j) => (scores[j]! / sum(scores)) * side('value', context, n, j, column));
  };
  return build([2, steps, dim], (n, i, d) => {
    const row = range(dim).map((column) => mixed(n!, i!, column));
    return at.output_bias!(d!) + dot(dim, (k) => row[k]! * at.output_kernel!(k, d!));
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

/** Recurrence and attention. */
export const sequences: Example[] = [...recurrents, ...attentions];
