/** Compositions that read texts, and batches of them. */
import type { HostTensor } from '../../../engine/step/program';
import type { Plan } from '../../../language/plan/format';
import { numbers, tensor } from '../graph/tensors';
import { composed } from './compositions';

export const LENGTH = 24;
const WORDS = 30;

const head = 'head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }';
const classes = '{ output: head.logits, target: text.label, loss: cross_entropy, metrics: [accuracy] }';
const states =
  'states: { module: std/sequence-encoder@^1, in: words.tokens, params: { vocab: 30, length: 24, width: 8, heads: 2, layers: 1, hidden: 8, dropout: 0 } }';
const encoder = (module: string, params = ''): string[] => [
  `encoder: { module: ${module}@^1, in: words.tokens, params: { vocab: 30, dropout: 0${params} } }`,
  head,
];
const two = (...graph: string[]): { parts: string[]; brick: string } => {
  const { brick } = own(
    'others_known: { op: mask_of, in: others }',
    'looked_at: { op: embedding, in: others, size: 30, dim: 4 }',
    ...graph,
  );
  return {
    parts: [
      'more: { module: std/text-vectorizer@^1, in: text.more, params: { vocab: 30, length: 24 } }',
      'encoder: { module: own@^1, in: { tokens: words.tokens, others: more.tokens } }',
      head,
    ],
    brick: brick.replace('inputs: { ', 'inputs: { others: "int32[batch, 24]", '),
  };
};
const own = (...graph: string[]): { parts: string[]; brick: string } => ({
  parts: ['encoder: { module: own@^1, in: words.tokens }', head],
  brick: [
    'kind: module',
    'name: own',
    'version: 1.0.0',
    'inputs: { tokens: "int32[batch, 24]" }',
    'outputs: { features: "float32[batch, 4]" }',
    'graph:',
    '  known: { op: mask_of, in: tokens }',
    '  embedded: { op: embedding, in: tokens, size: 30, dim: 4 }',
    ...graph.map((line) => `  ${line}`),
    '',
  ].join('\n'),
});

export interface Scene {
  name: string;
  parts: string[];
  task?: string;
  brick?: string;
  /** Places behind the longest row that are read too. */
  margin?: number;
}

/** Of which the padding behind the longest row may be cut off, */
export const open: Scene[] = [
  {
    name: 'a mean over words',
    parts: encoder('std/word-average-encoder', ', dim: 8'),
  },
  { name: 'a recurrence to and fro', parts: encoder('std/bilstm-encoder', ', dim: 8, units: 4') },
  { name: 'gated recurrent units', parts: encoder('std/gru-encoder', ', dim: 8, units: 4') },
  {
    name: 'windows over words',
    parts: encoder('std/text-cnn-encoder', ', dim: 8, filters: 3'),
    margin: 2,
  },
  {
    name: 'a transformer',
    parts: encoder('std/transformer-encoder', ', length: 24, width: 8, heads: 2, layers: 2, hidden: 8'),
  },
  {
    name: 'attention that pools',
    parts: [
      states,
      'encoder: { module: std/attention-pool@^1, in: { states: states.states, mask: states.mask } }',
      head,
    ],
  },
  {
    name: 'the first state alone',
    parts: [states, 'encoder: { module: std/first-pool@^1, in: states.states }', head],
  },
  {
    name: 'a language model',
    parts: [
      'net: { module: std/gpt2@^1, in: words.tokens, params: { vocab: 30, length: 24, width: 8, heads: 2, layers: 2, hidden: 8, dropout: 0 } }',
    ],
    task: '{ output: net.logits, target: words.tokens, loss: next_token, metrics: [perplexity, accuracy] }',
  },
  {
    name: 'hidden words',
    parts: [
      'hidden: { module: std/word-masker@^1, in: words.tokens, train: frozen }',
      'encoder: { module: std/sequence-encoder@^1, in: hidden.tokens, params: { vocab: 30, length: 24, width: 8, heads: 2, layers: 1, hidden: 8, dropout: 0 } }',
      'net: { module: std/masked-word-head@^1, in: encoder.states, params: { vocab: 30, width: 8 } }',
    ],
    task: '{ output: net.logits, target: hidden.labels, loss: masked_token, metrics: [accuracy] }',
  },
  {
    name: 'rotary positions, looking back only',
    ...own(
      'mixed: { op: attention, in: embedded, heads: 2, causal: true, rotary: true }',
      'placed: { op: sinusoidal_embedding, in: mixed }',
      'features: { op: masked_mean, in: { in: placed, mask: known } }',
    ),
  },
  {
    name: 'the last step of a recurrence',
    ...own(
      'states: { op: simple_rnn, in: { in: embedded, mask: known }, units: 4, return_sequences: true }',
      'features: { op: last_step, in: { in: states, mask: known } }',
    ),
  },
  {
    name: 'the last state of recurrences in both directions',
    ...own('features: { op: lstm, in: { in: embedded, mask: known }, units: 2, bidirectional: true }'),
  },
  {
    name: 'windows over windows',
    ...own(
      'first: { op: conv1d, in: embedded, filters: 4, kernel: 5, padding: same, activation: relu }',
      'second: { op: conv1d, in: first, filters: 4, kernel: 3, padding: same, dilation: 2 }',
      'features: { op: global_avg_pool, in: { in: second, mask: known } }',
    ),
    margin: 4,
  },
  {
    name: 'windows over what is zero behind the words',
    ...own(
      'column: { op: expand_dims, in: known, axis: -1 }',
      'masked: { op: multiply, in: [embedded, column] }',
      'seen: { op: conv1d, in: masked, filters: 4, kernel: 5, padding: same }',
      'again: { op: multiply, in: [seen, column] }',
      'features: { op: sum, in: again, axis: 1 }',
    ),
  },
  {
    name: 'channels that are left out',
    ...own(
      'thinned: { op: spatial_dropout, in: embedded, rate: 0.5 }',
      'features: { op: masked_mean, in: { in: thinned, mask: known } }',
    ),
  },
  {
    name: 'BERT, on ids, mask and types',
    parts: [
      'pieces: { module: own@^1, in: text.text }',
      'net: { module: std/bert@^1, in: { tokens: pieces.tokens, token_types: pieces.types }, params: { vocab: 30, length: 24, width: 8, heads: 2, layers: 1, hidden: 8, dropout: 0 } }',
      'pool: { module: std/mean-pool@^1, in: { states: net.states, mask: pieces.mask } }',
      'both: { module: std/join@^1, in: [net.pooler, pool.features] }',
      'head: { module: std/classifier@^1, in: both.features, params: { classes: 2 } }',
    ],
    brick: [
      'kind: module',
      'name: own',
      'version: 1.0.0',
      'inputs: { text: "string[batch]" }',
      'outputs: { tokens: "int32[batch, 24]", mask: "float32[batch, 24]", types: "int32[batch, 24]" }',
      'graph:',
      '  pieces: { op: tokenizer, in: text, file: tokenizer.json, length: 24 }',
      '  tokens: { op: identity, in: pieces.ids }',
      '  mask: { op: identity, in: pieces.mask }',
      '  types: { op: identity, in: pieces.types }',
      '',
    ].join('\n'),
  },
  {
    name: 'a text that asks another one',
    ...two(
      'mixed: { op: attention, in: { in: embedded, context: looked_at, mask: others_known }, heads: 2 }',
      'features: { op: masked_mean, in: { in: mixed, mask: known } }',
    ),
  },
  {
    name: 'states of a frozen part, which are kept',
    parts: [
      `${states.slice(0, -2)}, train: frozen }`,
      'encoder: { module: std/attention-pool@^1, in: { states: states.states, mask: states.mask } }',
      head,
    ],
  },
];

/** and of which it may not. */
export const closed: Scene[] = [
  {
    name: 'texts that are added word by word',
    ...two(
      'sum: { op: add, in: [embedded, looked_at] }',
      'features: { op: masked_mean, in: { in: sum, mask: known } }',
    ),
  },
  {
    name: 'the mask of another text',
    ...two('features: { op: masked_mean, in: { in: embedded, mask: others_known } }'),
  },
  { name: 'a mean that counts padding', ...own('features: { op: global_avg_pool, in: embedded }') },
  { name: 'a recurrence that reads padding', ...own('features: { op: gru, in: embedded, units: 4 }') },
  {
    name: 'attention to padding',
    ...own(
      'mixed: { op: attention, in: embedded, heads: 2 }',
      'features: { op: masked_mean, in: { in: mixed, mask: known } }',
    ),
  },
  {
    name: 'a weight for each place',
    ...own(
      'place: { op: parameter, shape: [24, 4], init: normal }',
      'placed: { op: add, in: [embedded, place] }',
      'features: { op: masked_mean, in: { in: placed, mask: known } }',
    ),
  },
  {
    name: 'windows that stride',
    ...own(
      'seen: { op: conv1d, in: embedded, filters: 4, kernel: 3, stride: 2, padding: same }',
      'features: { op: global_max_pool, in: seen }',
    ),
  },
  {
    name: 'statistics over all places',
    ...own(
      'normed: { op: batch_norm, in: embedded }',
      'features: { op: masked_mean, in: { in: normed, mask: known } }',
    ),
  },
  {
    name: 'a mask that says the opposite',
    ...own(
      'opposite: { op: scale, in: known, factor: -1.0, offset: 1.0 }',
      'features: { op: masked_mean, in: { in: embedded, mask: opposite } }',
    ),
  },
];

export function planOf({ parts, task = classes, brick }: Scene, length = LENGTH): Plan {
  return composed({
    bricks: brick ? [brick] : [],
    columns: [
      'text: { type: string }',
      'more: { type: string }',
      'label: { type: category, values: [bad, good] }',
    ],
    parts: [
      `words: { module: std/text-vectorizer@^1, in: text.text, params: { vocab: 30, length: ${length} } }`,
      ...parts,
    ],
    task,
    optimizer: '{ sgd: { learning_rate: 0.1 } }',
  });
}

/** A brick of ops drawn by chance, some of which may see what is behind the words. */
export function drawn(seed: number): Scene {
  const next = numbers(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!;
  const lines: string[] = ['column: { op: expand_dims, in: known, axis: -1 }'];
  const made = ['embedded'];
  const kinds: ((x: string) => string)[] = [
    (x) => `{ op: dense, in: ${x}, units: 4, activation: ${pick(['tanh', 'gelu', 'softmax', 'linear'])} }`,
    (x) => `{ op: layer_norm, in: ${x} }`,
    (x) =>
      `{ op: conv1d, in: ${x}, filters: 4, kernel: ${pick([1, 2, 3, 4, 5])}, padding: ${pick(['same', 'causal'])}, dilation: ${pick([1, 2])} }`,
    (x) =>
      `{ op: attention, in: { in: ${x}, mask: known }, heads: 2, causal: ${pick([true, false])}, rotary: ${pick([true, false])} }`,
    (x) => `{ op: attention, in: ${x}, heads: 2, causal: ${pick([true, true, true, false])} }`,
    (x) => `{ op: attention, in: { in: ${x}, context: ${pick(made)}, mask: known }, heads: 2 }`,
    (x) =>
      `{ op: dot_attention, in: { query: ${x}, key: ${pick(made)}, value: ${pick(made)}, mask: known } }`,
    (x) =>
      `{ op: ${pick(['lstm', 'gru', 'simple_rnn'])}, in: { in: ${x}, mask: known }, units: ${pick(['4', '2, bidirectional: true'])}, return_sequences: true }`,
    (x) => `{ op: gru, in: ${x}, units: 4, return_sequences: true }`,
    (x) => `{ op: multiply, in: [${x}, column] }`,
    (x) => `{ op: add, in: [${x}, ${pick(made)}] }`,
    (x) => `{ op: maximum, in: [${x}, ${pick(made)}] }`,
    (x) => `{ op: sinusoidal_embedding, in: ${x} }`,
    (x) => `{ op: positional_embedding, in: ${x}, length: 24 }`,
    (x) => `{ op: rotary_embedding, in: ${x} }`,
    (x) => `{ op: l2_normalize, in: ${x} }`,
  ];
  for (let i = 0; i < 4; i++) {
    lines.push(`n${i}: ${pick(kinds)(pick([made.at(-1)!, made.at(-1)!, pick(made)]))}`);
    made.push(`n${i}`);
  }
  const ends: ((x: string) => string[])[] = [
    (x) => [
      `features: { op: ${pick(['masked_mean', 'last_step', 'global_max_pool', 'global_avg_pool'])}, in: { in: ${x}, mask: known } }`,
    ],
    (x) => [`features: { op: select, in: ${x}, axis: 1, index: ${pick([0, 1, 4])} }`],
    (x) => [`zeroed: { op: multiply, in: [${x}, column] }`, 'features: { op: sum, in: zeroed, axis: 1 }'],
    (x) => [
      `turned: { op: transpose, in: ${x}, order: [0, 2, 1] }`,
      'back: { op: transpose, in: turned, order: [0, 2, 1] }',
      'features: { op: masked_mean, in: { in: back, mask: known } }',
    ],
    (x) => [
      `few: { op: slice, in: ${x}, axis: 1, begin: ${pick([0, 2])}, size: 3 }`,
      'features: { op: mean, in: few, axis: 1 }',
    ],
    (x) => [`features: { op: lstm, in: { in: ${x}, mask: known }, units: 2, bidirectional: true }`],
    (x) => [`features: { op: max, in: ${x}, axis: 1 }`],
  ];
  return { name: `drawn by ${seed}`, ...own(...lines, ...pick(ends)(made.at(-1)!)) };
}

/** Texts of these lengths, and labels; none begins with padding. */
export function textsOf(plan: Plan, lengths: number[]): Record<string, HostTensor> {
  const next = numbers(7);
  const draws: Record<string, () => number> = { mask: () => 1, types: () => Math.floor(next() * 2) };
  const word = () => 2 + Math.floor(next() * (WORDS - 2));
  const texts = plan.prepare.flatMap(({ id, outputs }, index) => {
    const own = index === 0 ? lengths : lengths.toReversed();
    return Object.keys(outputs).map((port): [string, HostTensor] => {
      const draw = draws[port] ?? word;
      const at = (i: number) => (i % LENGTH < own[Math.floor(i / LENGTH)]! ? draw() : 0);
      return [`${id}.${port}`, tensor([lengths.length, LENGTH], at, port === 'mask' ? 'float32' : 'int32')];
    });
  });
  return {
    ...Object.fromEntries(texts),
    'text.label': tensor([lengths.length], (i) => i % 2, 'int32'),
  };
}
