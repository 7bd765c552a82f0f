/** The models of the bench: what is trained, on rows of what shape. `rivals/` build the same ones. */
export interface BenchModel {
  name: string;
  /** Rows of a step. */
  batch: number;
  /** Steps of an epoch. */
  steps: number;
  /** One row: numbers from 0 up to 1, or ids below `below`. */
  row: { shape: number[]; below?: number };
  classes: number;
  /** A brick from `x` to `logits`: the lines of its graph. */
  graph: string;
  /** Further bricks, by name of file. */
  bricks?: Record<string, string>;
  /** More about the part in the composition. */
  part?: string;
}

const WORDS = 5000;

const LAYER = `kind: module
name: layer
version: 1.0.0
inputs:
  states: float32[batch, seq, 128]
outputs:
  mixed: float32[batch, seq, 128]
graph:
  states_normed: { op: layer_norm, in: states }
  attended: { op: attention, in: states_normed, heads: 4 }
  middle: { op: add, in: [states, attended] }
  middle_normed: { op: layer_norm, in: middle }
  wide: { op: dense, in: middle_normed, units: 512, activation: gelu }
  narrow: { op: dense, in: wide, units: 128 }
  mixed: { op: add, in: [middle, narrow] }
`;

export const MODELS: readonly BenchModel[] = [
  {
    name: 'mlp',
    batch: 128,
    steps: 64,
    row: { shape: [784] },
    classes: 10,
    graph: `  hidden: { op: dense, in: x, units: 512, activation: relu }
  logits: { op: dense, in: hidden, units: 10 }
`,
  },
  {
    name: 'cnn',
    batch: 64,
    steps: 64,
    row: { shape: [64], below: WORDS },
    classes: 2,
    graph: `  embedded: { op: embedding, in: x, size: ${WORDS}, dim: 64 }
  windows: { op: conv1d, in: embedded, filters: 64, kernel: 5, activation: relu }
  best: { op: global_max_pool, in: windows }
  logits: { op: dense, in: best, units: 2 }
`,
  },
  {
    name: 'transformer',
    batch: 32,
    steps: 32,
    row: { shape: [64], below: WORDS },
    classes: 2,
    graph: `  embedded: { op: embedding, in: x, size: ${WORDS}, dim: 128 }
  placed: { op: positional_embedding, in: embedded, length: 64 }
  layers: { module: layer@^1, in: placed, repeat: 2 }
  normed: { op: layer_norm, in: layers }
  pooled: { op: global_avg_pool, in: normed }
  logits: { op: dense, in: pooled, units: 2 }
`,
    bricks: { layer: LAYER },
  },
  {
    name: 'lstm',
    batch: 32,
    steps: 4,
    row: { shape: [256], below: WORDS },
    classes: 2,
    graph: `  embedded: { op: embedding, in: x, size: ${WORDS}, dim: 64 }
  states: { op: lstm, in: embedded, units: 64, return_sequences: true, bidirectional: true }
  best: { op: global_max_pool, in: states }
  logits: { op: dense, in: best, units: 2 }
`,
  },
  {
    name: 'resnet',
    batch: 32,
    steps: 16,
    row: { shape: [32, 32, 3] },
    classes: 10,
    graph: `  features: { module: std/resnet@^1, in: x, params: { filters: 16, blocks: 1 } }
  logits: { op: dense, in: features, units: 10 }
`,
  },
];

/** So small that 10,000 steps take seconds. */
export const SMALL: BenchModel = {
  name: 'small',
  batch: 32,
  steps: 64,
  row: { shape: [32] },
  classes: 10,
  graph: `  hidden: { op: dense, in: x, units: 64, activation: relu }
  logits: { op: dense, in: hidden, units: 10 }
`,
};

const FEATURES = 512;
const headRow = { batch: 128, steps: 64, classes: 10 };
const HEAD = (from: string) => `  middle: { op: dense, in: ${from}, units: 256, activation: relu }
  logits: { op: dense, in: middle, units: 10 }
`;

/** A head by itself, on features that somebody stored. */
export const STORED_FEATURES: BenchModel = {
  name: 'stored',
  ...headRow,
  row: { shape: [FEATURES] },
  graph: HEAD('x'),
};

/** The same head on an encoder of three layers that does not learn. */
export const FROZEN_ENCODER: BenchModel = {
  name: 'frozen',
  ...headRow,
  row: { shape: [784] },
  graph: HEAD('x'),
  bricks: {
    encoder: `kind: module
name: encoder
version: 1.0.0
inputs:
  x: float32[batch, 784]
outputs:
  features: float32[batch, ${FEATURES}]
graph:
  first: { op: dense, in: x, units: 1024, activation: relu }
  second: { op: dense, in: first, units: 1024, activation: relu }
  features: { op: dense, in: second, units: ${FEATURES}, activation: relu }
`,
  },
  part: 'encoder',
};
