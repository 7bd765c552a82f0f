/**
 * The plan: a checked composition, resolved and engine-neutral. Plain JSON, all names resolved, all sizes
 * concrete except the dynamic ones (`batch`). Engines read plans and nothing else of the language.
 */

export type DType =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64'
  | 'string';

/** A size: a number, or the name of a size that is known only when a batch arrives. */
export type PlanSize = number | string;

export interface PlanType {
  dtype: DType;
  shape: PlanSize[];
}

/**
 * Names a value. A column of a dataset is `alias.column`; an output of a node is `part/node.port`. Node ids
 * always hold a `/` and aliases never do, so the two cannot be confused.
 */
export type ValueId = string;

export interface Place {
  file: string;
  /** 1-based. */
  line: number;
}

export interface Plan {
  format: 1;
  model: { name: string; version: string; file: string };
  parts: PlanPart[];
  data: PlanData[];
  /** Runs once, on the host, fitted on the training split. In order of evaluation. */
  prepare: PlanNode[];
  /** Becomes the training step. In order of evaluation. */
  graph: PlanNode[];
  tasks: PlanTask[];
  train: PlanTrain;
  evaluate: PlanEvaluate;
  /** Settings that are written, such as `train.optimizer.adam.beta1`; the others have their defaults. */
  written?: string[];
  /** Run by the command that a person gave, never by an engine. */
  hooks?: PlanHook[];
}

export interface PlanPart {
  name: string;
  module: string;
  version: string;
  source: 'workspace' | 'library' | 'registry';
  /** sha256 of the brick's manifest, hex; empty when the host computes none. */
  hash: string;
  /** sha256 of all that was published with it, hex, where it is from a registry. */
  release?: string;
  weights: PlanWeights;
  /** What its nodes were called in earlier versions, whose weights it may be given: new name to old name. */
  formerly?: Record<string, string>;
  /** In order; the last phase lasts until the end. */
  train: TrainPhase[];
  learning_rate?: number;
  at: Place;
}

/** Where a part's parameters and prepared state come from. */
export type PlanWeights =
  | { from: 'fresh' }
  /** A run's id or a model's name, which means its newest completed run. */
  | { from: 'run'; run: string }
  /**
   * What a version of a brick ships; the file is named as manifests are. With `input`, only what the part was fitted to
   * that fed this input while the brick was trained.
   */
  | { from: 'file'; file: string; input?: string; published?: PlanPublished }
  /** What a version, as `name@version`, would ship once it is published: an engine refuses. */
  | { from: 'unpublished'; brick: string };

/** A published version: its hash, and the sha256 that its file of weights must have, hex. */
export interface PlanPublished {
  name: string;
  version: string;
  hash: string;
  weights: string;
}

export type TrainMode =
  | { mode: 'full' }
  | { mode: 'frozen' }
  | { mode: 'last'; count: number }
  | { mode: 'lora'; rank: number; alpha?: number; targets?: string[]; dropout?: number };

export type TrainPhase = TrainMode & { epochs?: number };

export interface PlanData {
  alias: string;
  name: string;
  version: string;
  /** The dataset's manifest; relative paths start at its folder. */
  file: string;
  /** By split, or `all`. A path (globs allowed) below the manifest's folder, or `npm:package/path`. */
  files: Record<string, string[]>;
  columns: PlanColumn[];
  splits: { [name: string]: number } | undefined;
  seed: number;
  stratify?: string;
  /** A column whose equal values stay together in one split. */
  group?: string;
  at: Place;
}

export interface PlanColumn {
  name: string;
  type: 'string' | 'category' | 'labels' | 'int' | 'float' | 'bool' | 'date' | 'image' | 'tensor';
  /** For a category or labels: the label of each index, and the raw value in the file that stands for it. */
  labels?: { name: string; raw: string | number | boolean }[];
  required: boolean;
  min?: number;
  max?: number;
  min_length?: number;
  max_length?: number;
  /** Of dates, in ISO 8601. */
  earliest?: string;
  latest?: string;
  /** A regular expression for the whole text. */
  pattern?: string;
  /** No two rows have the same value. */
  unique?: boolean;
  /** Raw values that stand for a missing one, besides an empty cell. */
  missing?: string[];
  /** Between labels in text. */
  separator?: string;
  value: PlanType;
  at: Place;
}

export interface PlanNode {
  /** `part/node`, deeper for nested bricks: `part/layers.0/attention`. */
  id: string;
  /**
   * Whose weights it has. Another one than `id` starts with where a part is used several times; weights of the same part
   * and name are then one tensor.
   */
  part: string;
  op: string;
  inputs: Record<string, ValueId | ValueId[]>;
  attributes: Record<string, PlanAttribute>;
  outputs: Record<string, PlanType>;
  weights: PlanWeight[];
  /** Of a prepared node, the node whose state it applies; without it, its own. */
  state?: string;
  at: Place;
}

export type PlanAttribute = number | string | boolean | number[] | string[] | null;

export interface PlanWeight {
  /** Unique within the part; the tensor's name in `weights/<part>.safetensors`. */
  name: string;
  /** The op's own name of it: `kernel`, `bias`, `table`, … */
  role: string;
  shape: number[];
  init: Initializer;
  /** False for statistics that a step updates without a gradient (batch norm). */
  trainable: boolean;
  /**
   * Whether `lora` may adapt it: used as a matrix whose columns are the last axis and whose rows are all axes before it.
   */
  adaptable?: boolean;
}

export type Initializer =
  | { kind: 'zeros' | 'ones' | 'glorot_uniform' | 'he_uniform' | 'orthogonal' }
  | { kind: 'constant'; value: number }
  | { kind: 'uniform'; limit: number }
  | { kind: 'normal'; stddev: number };

export interface PlanTask {
  name: string;
  data: string;
  output: ValueId;
  /** A column, a prepared value, or like the output a value of the graph. */
  target: ValueId;
  loss: string;
  /** Settings of the loss that are set; the others have the defaults of the catalogue. */
  options?: Record<string, PlanAttribute>;
  weight: number;
  metrics: string[];
  /** Names of the classes, by index, when the target is a category. */
  labels?: string[];
  at: Place;
}

export interface PlanTrain {
  epochs: number;
  batch: number;
  optimizer: PlanOptimizer;
  seed: number;
  /** Use at most this many rows of the training split. */
  examples?: number;
  clip_norm?: number;
  /** What is not there is not asked for. */
  schedule?: PlanSchedule;
  /** The share of the learning rate that each layer further from the output has. */
  layer_decay?: number;
  /** Batches whose gradients are added up for one step of the optimizer. */
  accumulate?: number;
  /** How the losses of several tasks are weighed, when not by `weight` alone. */
  balance?: 'uncertainty' | 'gradnorm';
  /** With `gradnorm`: how strongly tasks that lag behind are helped, when not as in the paper. */
  balance_alpha?: number;
  /** Without it, the newest state is kept now and then, at little cost, until training ends. */
  checkpoint?: PlanCheckpoint;
  stop?: { when: string; patience: number; mode: 'min' | 'max'; min_delta: number };
}

/**
 * The learning rate as a share of the full one: from 0 up to 1 over `warmup` epochs, then down to `end` in the last
 * epoch, along a line or half a cosine (Loshchilov & Hutter 2017).
 */
export interface PlanSchedule {
  warmup: number;
  decay: 'constant' | 'linear' | 'cosine';
  end: number;
}

/** Which states of training are kept: the best so far, none, or the newest `keep` of those after every `every`-th epoch. */
export type PlanCheckpoint = { keep: 'best' | 'none' } | { keep: number; every: number };

export type PlanOptimizer =
  | {
      kind: 'adam' | 'adamw';
      learning_rate: number;
      beta1: number;
      beta2: number;
      epsilon: number;
      weight_decay: number;
    }
  | { kind: 'sgd'; learning_rate: number; momentum: number; nesterov: boolean; weight_decay: number };

export interface PlanEvaluate {
  on: string;
  slices: ValueId[];
  require: PlanRequirement[];
}

export interface PlanRequirement {
  metric: string;
  /** Holds for each value of this column; over the whole split without. */
  slice?: ValueId;
  comparison: '>=' | '<=' | '>' | '<';
  value: number;
  at: Place;
}

/** A command around a run: program and arguments, without a shell. */
export interface PlanHook {
  on: 'run_start' | 'epoch_end' | 'run_end';
  run: string[];
  at: Place;
}

/**
 * One test of a brick, made to run: the brick as the only part `brick`, its inputs as the columns of a dataset `given`,
 * and a task for each output of numbers, with a target in the dataset `wanted`, so that a training step exists.
 */
export interface PlanTest {
  plan: Plan;
  /** By value id. */
  given: Record<ValueId, PlanGiven>;
  expect: PlanExpectation[];
}

/** Row by row, with the type that the plan's column has. */
export type PlanGiven =
  | { fill: 'zeros' | 'ones' | 'arange' }
  /** Of the numbers from the first of `range` to the second, if it is there. */
  | { fill: 'random'; range?: [number, number]; seed?: number }
  | { values: (number | boolean | string)[] };

export interface PlanExpectation {
  output: string;
  value: ValueId;
  type: PlanType;
  /** The least and the greatest number allowed. */
  range?: [number, number];
  /** Along the last axis. */
  sums_to_one?: true;
  /** In row-major order. */
  close_to?: number[];
  /** Of `close_to` and `sums_to_one`; 1e-5 without. */
  tolerance?: number;
  /** Of the expectation, in the brick's tests. */
  at: Place;
}
