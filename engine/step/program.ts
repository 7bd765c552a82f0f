/**
 * A step, as a straight line of primitives. A program is pure: (state, inputs) -> (outputs, new state).
 * Every tensor is produced once and named by its index. Sizes are numbers, or names of sizes known only when a
 * batch arrives. Executors run programs; they know nothing of bricks, ops or losses.
 */

import type { Initializer } from '../../language/plan/format';

/**
 * A number, or a product of at most one number and names, such as `batch` or `64*batch`: number first, names sorted.
 * Names get their values from the shapes of a program's inputs.
 */
export type Size = number | string;
export type ElementType = 'float32' | 'int32' | 'bool';

export interface TensorSpec {
  dtype: ElementType;
  shape: Size[];
}

export type TensorId = number;

export type UnaryName =
  | 'neg'
  | 'exp'
  | 'log'
  | 'log1p'
  | 'sqrt'
  | 'rsqrt'
  | 'reciprocal'
  | 'tanh'
  | 'sigmoid'
  | 'relu'
  | 'softplus'
  | 'abs'
  | 'square'
  | 'sign'
  | 'erf'
  | 'sin'
  | 'cos'
  | 'floor'
  | 'logical_not'
  | 'is_nan';
export type BinaryName =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'maximum'
  | 'minimum'
  | 'pow'
  | 'equal'
  | 'less'
  | 'less_equal'
  | 'greater'
  | 'greater_equal'
  | 'logical_and'
  | 'logical_or';
export type ReduceName = 'reduce_sum' | 'reduce_mean' | 'reduce_max' | 'reduce_min';

/** Convolution geometry, channels last. Pads are [before, after] per spatial axis: top/bottom, left/right. */
export interface Conv2dGeometry {
  strides: [number, number];
  dilations: [number, number];
  pads: [[number, number], [number, number]];
}

export interface Pool2dGeometry {
  window: [number, number];
  strides: [number, number];
  pads: [[number, number], [number, number]];
}

export type CellName = 'lstm' | 'gru' | 'simple_rnn';

/**
 * A cell that reads a sequence from its beginning, or from its end with `reverse`, starting from zeros. `input`
 * [steps, batch, gates * units] is the input's share of the gates, which lie side by side in the order of the op's
 * weights; `recurrent` [units, gates * units] multiplies the old state, `bias` [gates * units] is added to that product
 * (gru only). In rows whose `mask`, a bool [steps, batch, 1], is false, a step leaves the state as it was.
 */
export interface Recurrence {
  cell: CellName;
  reverse: boolean;
  input: TensorId;
  recurrent: TensorId;
  bias?: TensorId;
  mask?: TensorId;
}

/**
 * Primitives. Elementwise ones broadcast as NumPy does (`select` too). Both sides of a binary one have the same dtype;
 * comparisons and logic give bool. Negative axes are not allowed here.
 */
export type Primitive =
  | { op: 'input'; name: string }
  | { op: 'state'; name: string }
  | { op: 'constant'; value: number | Float32Array | Int32Array }
  /** The length of an axis, as a scalar of the instruction's dtype. */
  | { op: 'size_of'; input: TensorId; axis: number }
  /** 0, 1, 2, … along the only axis; its length is the instruction's shape. `like`/`axis` give a dynamic length. */
  | { op: 'iota'; like: TensorId; axis: number }
  | { op: UnaryName; input: TensorId }
  | { op: BinaryName; left: TensorId; right: TensorId }
  | { op: 'select'; condition: TensorId; left: TensorId; right: TensorId }
  | { op: 'cast'; input: TensorId }
  /** Both sides have the same rank, at least 2, and the same leading sizes. */
  | { op: 'matmul'; left: TensorId; right: TensorId; transposeLeft: boolean; transposeRight: boolean }
  | { op: ReduceName; input: TensorId; axes: number[]; keepDims: boolean }
  | { op: 'argmax'; input: TensorId; axis: number }
  /** Along the last axis, as `softmax`. */
  | { op: 'log_softmax'; input: TensorId }
  | { op: 'softmax'; input: TensorId }
  /** The instruction's shape may hold dynamic sizes; at most one may be unknown from `input`'s point of view. */
  | { op: 'reshape'; input: TensorId }
  | { op: 'transpose'; input: TensorId; order: number[] }
  /** To the shape of another tensor. */
  | { op: 'broadcast_like'; input: TensorId; like: TensorId }
  | { op: 'concat'; inputs: TensorId[]; axis: number }
  /** `size` -1: to the end of the axis. */
  | { op: 'slice'; input: TensorId; begin: number[]; size: number[] }
  | { op: 'pad'; input: TensorId; pads: [number, number][]; value: number }
  | { op: 'reverse'; input: TensorId; axis: number }
  /** Rows of `table` (axis 0) at `indices` (any shape). An index outside the table is an `ExecutionError`. */
  | { op: 'gather'; table: TensorId; indices: TensorId }
  /** Adds rows of `updates` into a zero table of `rows` rows; the gradient of `gather`. */
  | { op: 'scatter_add'; indices: TensorId; updates: TensorId; rows: Size }
  /** 1 at the index along a new last axis, else 0; an index outside gives zeros. float32. */
  | { op: 'one_hot'; indices: TensorId; depth: number }
  /** input [n, h, w, c], filter [kh, kw, c, f]. */
  | ({ op: 'conv2d'; input: TensorId; filter: TensorId } & Conv2dGeometry)
  | ({ op: 'conv2d_grad_input'; like: TensorId; filter: TensorId; gradient: TensorId } & Conv2dGeometry)
  | ({
      op: 'conv2d_grad_filter';
      input: TensorId;
      filterShape: number[];
      gradient: TensorId;
    } & Conv2dGeometry)
  | ({ op: 'max_pool2d'; input: TensorId } & Pool2dGeometry)
  | ({ op: 'max_pool2d_grad'; input: TensorId; output: TensorId; gradient: TensorId } & Pool2dGeometry)
  /** The state after every step [steps, batch, units]; it is part of the tape, where there is one. */
  | ({ op: 'recurrence'; tape?: TensorId } & Recurrence)
  /**
   * What the gradient needs of every step, side by side, [steps, batch, …]: of lstm the state, its cell, and the gates
   * i, f, g, o; of gru the state, the gates z, r, n, and the product of the state with what makes n, its bias
   * included. What it holds of a step that no row takes is not said.
   */
  | ({ op: 'recurrence_tape' } & Recurrence)
  /**
   * From the gradient by the states, that by the gates before their activation [steps, batch, gates * units]; of gru
   * also, after the others, that by the product that r scales. The tape of simple_rnn is its states.
   */
  | ({ op: 'recurrence_grad'; tape: TensorId; gradient: TensorId } & Pick<
      Recurrence,
      'cell' | 'reverse' | 'recurrent' | 'mask'
    >)
  /**
   * Uniform in [0, 1), float32, from Philox 4x32-10 (Salmon et al. 2011). Element 4g+j, in row-major order, comes from
   * word j of the block with key words (seed, stream) and counter words (g, 0, c, 0), c being the int32 scalar
   * `counter`: (word & 0x7fffff) / 2^23. TensorFlow's StatelessRandomUniformV2 gives the same bits with alg = 1,
   * key = [seed + stream * 2^32] and counter = [0, c] (uint64).
   */
  | { op: 'random_uniform'; counter: TensorId; seed: number; stream: number; like: TensorId };

/** One tensor and how it is made; its index in `Program.instructions` is its id. `from`: the plan node it came from. */
export type Instruction = Primitive & TensorSpec & { from?: string };

/** What a program does to state, after all its instructions. Optimizer updates are whole, so executors may fuse them. */
export type Update =
  | { kind: 'assign'; state: string; value: TensorId }
  | {
      kind: 'adam';
      state: string;
      m: string;
      v: string;
      gradient: TensorId;
      /**
       * Scalars: `step` (int32) counts from 1, `learningRate` is float32. Kingma & Ba 2015, algorithm 1 with the
       * efficient order of its section 2.
       */
      step: TensorId;
      learningRate: TensorId;
      beta1: number;
      beta2: number;
      epsilon: number;
      /** Decoupled (Loshchilov & Hutter 2019); 0 for plain Adam. */
      weightDecay: number;
    }
  | {
      kind: 'sgd';
      state: string;
      velocity?: string;
      gradient: TensorId;
      learningRate: TensorId;
      momentum: number;
      nesterov: boolean;
    };

/** A length of which a batch has only as much as its longest row fills: behind that, nothing is seen. */
export interface VaryingLength {
  longest: number;
  /** How many places behind the longest row are still read. */
  margin: number;
  /** The values [rows, length, …] that are zero behind what a row fills. */
  told: string[];
}

export interface Program {
  inputs: Record<string, TensorSpec>;
  /** By name, those that the inputs go along. */
  lengths?: Record<string, VaryingLength>;
  instructions: Instruction[];
  outputs: Record<string, TensorId>;
  updates: Update[];
}

export interface StateSpec {
  name: string;
  dtype: ElementType;
  shape: number[];
  /** What it begins as where nothing else is known; zeros without. */
  init?: Initializer;
}

/** Everything an executor needs. Programs share the state. */
export interface Step {
  state: StateSpec[];
  programs: {
    /** Values at the border of the wholly frozen part of the graph, computed once per row and then fed as inputs. */
    frozen?: Program;
    train?: Program;
    /** Adds the gradients of a batch to those that the next `train` takes its step with. */
    add?: Program;
    evaluate: Program;
    serve: Program;
    /** Of further datasets, whose batches do not mix with those of the first. */
    [name: ViewProgram]: Program;
  };
}

type ViewProgram = `${'frozen' | 'train' | 'add' | 'evaluate'}:${string}`;
export type ProgramName = 'frozen' | 'train' | 'add' | 'evaluate' | 'serve' | ViewProgram;

export interface HostTensor {
  dtype: ElementType;
  shape: number[];
  data: Float32Array | Int32Array | Uint8Array;
}

/** What really ran; goes into the first event of a run. */
export interface ExecutorDescription {
  executor: 'eager' | 'graph';
  backend: string;
  library: string;
  device: string;
  threads: number;
}

export interface Executor {
  readonly description: ExecutorDescription;
  open(step: Step, state: Map<string, HostTensor>): Promise<Session>;
}

export interface Session {
  /** Runs one program and returns its outputs. Throws `ExecutionError` naming the instruction that failed. */
  run(program: ProgramName, inputs: Record<string, HostTensor>): Promise<Record<string, HostTensor>>;
  read(names?: string[]): Promise<Map<string, HostTensor>>;
  write(state: Map<string, HostTensor>): Promise<void>;
  /** Live tensors, to prove that memory is flat. */
  memory(): { tensors: number; bytes: number };
  close(): void;
}
