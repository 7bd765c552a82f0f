import { foldBinary, foldUnary } from './fold';
import { mapOperands, operands } from './operands';
import type {
  BinaryName,
  Conv2dGeometry,
  ElementType,
  Instruction,
  Pool2dGeometry,
  Primitive,
  Program,
  ReduceName,
  Size,
  TensorId,
  TensorSpec,
  UnaryName,
  Update,
  VaryingLength,
} from './program';
import { broadcastShapes, product, sameShape, showShape, windowPlaces } from './sizes';

type SequencePrimitive = Extract<Primitive, { op: 'recurrence' | 'recurrence_tape' | 'recurrence_grad' }>;

const comparisons = new Set<BinaryName>([
  'equal',
  'less',
  'less_equal',
  'greater',
  'greater_equal',
  'logical_and',
  'logical_or',
]);

/** JSON has no infinities; keep them apart. */
const finite = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** Writes a program: one method per primitive, which infers type and shape, and reuses equal instructions. */
export class Builder {
  readonly instructions: Instruction[] = [];
  readonly inputs: Record<string, TensorSpec> = {};
  /** The plan node that instructions come from, until changed. */
  from: string | undefined;
  private readonly known = new Map<string, TensorId>();

  /** `lengths`: the sizes, besides the rows, that differ from batch to batch. */
  constructor(private readonly lengths: Readonly<Record<string, VaryingLength>> = {}) {}

  at(id: TensorId): Instruction {
    const instruction = this.instructions[id];
    if (!instruction) throw new Error(`there is no tensor ${id}`);
    return instruction;
  }
  shape(id: TensorId): Size[] {
    return this.at(id).shape;
  }
  dtype(id: TensorId): ElementType {
    return this.at(id).dtype;
  }
  rank(id: TensorId): number {
    return this.shape(id).length;
  }
  /** A size that must be a number, because the caller lays windows over it or cuts it. */
  staticSize(id: TensorId, axis: number): number {
    const size = this.shape(id)[axis];
    if (typeof size === 'number') return size;
    throw new Error(`axis ${axis} of ${showShape(this.shape(id))} must have a fixed length`);
  }
  /** The most that an axis can be long, where that is known. */
  longest(id: TensorId, axis: number): number {
    const size = this.shape(id)[axis]!;
    return (typeof size === 'string' ? this.lengths[size]?.longest : size) ?? this.staticSize(id, axis);
  }
  /** The number behind a scalar constant. */
  constantOf(id: TensorId): number | undefined {
    const instruction = this.at(id);
    return instruction.op === 'constant' &&
      typeof instruction.value === 'number' &&
      instruction.shape.length === 0
      ? instruction.value
      : undefined;
  }

  input(name: string, spec: TensorSpec): TensorId {
    this.inputs[name] = spec;
    return this.emit({ op: 'input', name }, spec.dtype, spec.shape);
  }
  state(name: string, dtype: ElementType, shape: number[]): TensorId {
    return this.emit({ op: 'state', name }, dtype, shape);
  }
  scalar(value: number, dtype: ElementType = 'float32'): TensorId {
    return this.emit({ op: 'constant', value }, dtype, []);
  }
  constant(value: Float32Array | Int32Array, shape: number[]): TensorId {
    return this.emit({ op: 'constant', value }, value instanceof Float32Array ? 'float32' : 'int32', shape);
  }
  fill(value: number, shape: number[], dtype: ElementType = 'float32'): TensorId {
    return this.emit({ op: 'constant', value }, dtype, shape);
  }
  sizeOf(input: TensorId, axis: number, dtype: ElementType): TensorId {
    const size = this.shape(input)[axis];
    if (typeof size === 'number') return this.scalar(size, dtype);
    return this.emit({ op: 'size_of', input, axis }, dtype, []);
  }
  iota(like: TensorId, axis: number, dtype: ElementType = 'int32'): TensorId {
    return this.emit({ op: 'iota', like, axis }, dtype, [this.shape(like)[axis]!]);
  }

  unary(op: UnaryName, input: TensorId): TensorId {
    const value = this.constantOf(input);
    const folded = value === undefined ? undefined : foldUnary(op, value);
    if (folded !== undefined) return this.scalar(folded, this.dtype(input));
    const source = this.at(input);
    if (op === 'neg' && source.op === 'neg') return source.input;
    return this.emit({ op, input }, op === 'is_nan' ? 'bool' : source.dtype, source.shape);
  }
  binary(op: BinaryName, left: TensorId, right: TensorId): TensorId {
    if (this.dtype(left) !== this.dtype(right)) {
      throw new Error(`${op} needs two equal types, not ${this.dtype(left)} and ${this.dtype(right)}`);
    }
    const shape = broadcastShapes(this.shape(left), this.shape(right));
    const folded = foldBinary(op, this.constantOf(left), this.constantOf(right));
    if (folded === 'left' && sameShape(shape, this.shape(left))) return left;
    if (folded === 'right' && sameShape(shape, this.shape(right))) return right;
    if (typeof folded === 'number') return this.scalar(folded, this.dtype(left));
    return this.emit({ op, left, right }, comparisons.has(op) ? 'bool' : this.dtype(left), shape);
  }
  add(left: TensorId, right: TensorId): TensorId {
    return this.binary('add', left, right);
  }
  sub(left: TensorId, right: TensorId): TensorId {
    return this.binary('sub', left, right);
  }
  mul(left: TensorId, right: TensorId): TensorId {
    return this.binary('mul', left, right);
  }
  div(left: TensorId, right: TensorId): TensorId {
    return this.binary('div', left, right);
  }
  select(condition: TensorId, left: TensorId, right: TensorId): TensorId {
    const shape = broadcastShapes(
      this.shape(condition),
      broadcastShapes(this.shape(left), this.shape(right)),
    );
    return this.emit({ op: 'select', condition, left, right }, this.dtype(left), shape);
  }
  cast(input: TensorId, dtype: ElementType): TensorId {
    if (this.dtype(input) === dtype) return input;
    return this.emit({ op: 'cast', input }, dtype, this.shape(input));
  }
  matmul(left: TensorId, right: TensorId, transposeLeft = false, transposeRight = false): TensorId {
    const a = this.shape(left);
    const b = this.shape(right);
    const rank = a.length;
    const [m, k] = transposeLeft ? [a[rank - 1]!, a[rank - 2]!] : [a[rank - 2]!, a[rank - 1]!];
    const [inner, n] = transposeRight ? [b[rank - 1]!, b[rank - 2]!] : [b[rank - 2]!, b[rank - 1]!];
    if (rank < 2 || b.length !== rank || k !== inner || !sameShape(a.slice(0, -2), b.slice(0, -2))) {
      throw new Error(`cannot multiply the matrices ${showShape(a)} and ${showShape(b)}`);
    }
    return this.emit({ op: 'matmul', left, right, transposeLeft, transposeRight }, this.dtype(left), [
      ...a.slice(0, -2),
      m,
      n,
    ]);
  }
  reduce(op: ReduceName, input: TensorId, axes: number[], keepDims = false): TensorId {
    if (axes.length === 0) return input;
    const shape = this.shape(input);
    const kept = keepDims
      ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
      : shape.filter((_, axis) => !axes.includes(axis));
    const sorted = [...axes].sort((a, b) => a - b);
    return this.emit({ op, input, axes: sorted, keepDims }, this.dtype(input), kept);
  }
  sum(input: TensorId, axes: number[], keepDims = false): TensorId {
    return this.reduce('reduce_sum', input, axes, keepDims);
  }
  mean(input: TensorId, axes: number[], keepDims = false): TensorId {
    return this.reduce('reduce_mean', input, axes, keepDims);
  }
  argmax(input: TensorId, axis: number): TensorId {
    return this.emit(
      { op: 'argmax', input, axis },
      'int32',
      this.shape(input).filter((_, at) => at !== axis),
    );
  }
  softmax(input: TensorId): TensorId {
    return this.emit({ op: 'softmax', input }, 'float32', this.shape(input));
  }
  logSoftmax(input: TensorId): TensorId {
    return this.emit({ op: 'log_softmax', input }, 'float32', this.shape(input));
  }

  reshape(input: TensorId, shape: Size[]): TensorId {
    const source = this.at(input);
    if (sameShape(source.shape, shape)) return input;
    if (product(source.shape) !== product(shape)) {
      throw new Error(`cannot reshape ${showShape(source.shape)} to ${showShape(shape)}`);
    }
    if (source.op === 'reshape') return this.reshape(source.input, shape);
    return this.emit({ op: 'reshape', input }, source.dtype, shape);
  }
  transpose(input: TensorId, order: number[]): TensorId {
    if (order.every((from, to) => from === to)) return input;
    const source = this.at(input);
    if (source.op === 'transpose') {
      const inner = source.order;
      return this.transpose(
        source.input,
        order.map((from) => inner[from]!),
      );
    }
    const shape = order.map((from) => source.shape[from]!);
    return this.emit({ op: 'transpose', input, order }, source.dtype, shape);
  }
  broadcastLike(input: TensorId, like: TensorId): TensorId {
    const shape = this.shape(like);
    if (sameShape(this.shape(input), shape)) return input;
    if (!sameShape(broadcastShapes(this.shape(input), shape), shape)) {
      throw new Error(`${showShape(this.shape(input))} does not broadcast to ${showShape(shape)}`);
    }
    return this.emit({ op: 'broadcast_like', input, like }, this.dtype(input), shape);
  }
  concat(inputs: TensorId[], axis: number): TensorId {
    const [first] = inputs;
    if (first === undefined) throw new Error('nothing to concatenate');
    if (inputs.length === 1) return first;
    let total = 0;
    for (const id of inputs) {
      const shape = this.shape(id);
      const fits = shape.every((size, at) => at === axis || size === this.shape(first)[at]);
      if (!fits || shape.length !== this.rank(first)) {
        throw new Error(
          `cannot concatenate ${showShape(this.shape(first))} and ${showShape(shape)} along axis ${axis}`,
        );
      }
      total += this.staticSize(id, axis);
    }
    const shape = this.shape(first).map((size, at) => (at === axis ? total : size));
    return this.emit({ op: 'concat', inputs, axis }, this.dtype(first), shape);
  }
  /** `size` -1 keeps the rest of the axis; an axis of dynamic length is kept whole. */
  slice(input: TensorId, begin: number[], size: number[]): TensorId {
    const shape = this.shape(input);
    const sizes = shape.map((length, axis): Size => {
      const from = begin[axis]!;
      const wanted = size[axis]!;
      if (typeof length === 'string') {
        if (from === 0 && wanted === -1) return length;
        throw new Error(`cannot cut axis ${axis} of ${showShape(shape)}, whose length is not fixed`);
      }
      const count = wanted === -1 ? length - from : wanted;
      if (from < 0 || count < 1 || from + count > length) {
        throw new Error(`[${from}, ${from + count}) lies outside axis ${axis} of ${showShape(shape)}`);
      }
      return count;
    });
    if (sameShape(sizes, shape)) return input;
    return this.emit({ op: 'slice', input, begin, size }, this.dtype(input), sizes);
  }
  /** A slice along one axis. */
  cut(input: TensorId, axis: number, begin: number, size: number): TensorId {
    return this.slice(
      input,
      this.shape(input).map((_, at) => (at === axis ? begin : 0)),
      this.shape(input).map((_, at) => (at === axis ? size : -1)),
    );
  }
  pad(input: TensorId, pads: [number, number][], value = 0): TensorId {
    if (pads.every(([before, after]) => before === 0 && after === 0)) return input;
    const shape = this.shape(input).map((size, axis) => {
      const [before, after] = pads[axis]!;
      return before + after === 0 ? size : this.staticSize(input, axis) + before + after;
    });
    return this.emit({ op: 'pad', input, pads, value }, this.dtype(input), shape);
  }
  reverse(input: TensorId, axis: number): TensorId {
    return this.emit({ op: 'reverse', input, axis }, this.dtype(input), this.shape(input));
  }
  gather(table: TensorId, indices: TensorId): TensorId {
    const shape = [...this.shape(indices), ...this.shape(table).slice(1)];
    return this.emit({ op: 'gather', table, indices }, this.dtype(table), shape);
  }
  scatterAdd(indices: TensorId, updates: TensorId, rows: Size): TensorId {
    const shape = [rows, ...this.shape(updates).slice(this.rank(indices))];
    return this.emit({ op: 'scatter_add', indices, updates, rows }, this.dtype(updates), shape);
  }
  oneHot(indices: TensorId, depth: number): TensorId {
    return this.emit({ op: 'one_hot', indices, depth }, 'float32', [...this.shape(indices), depth]);
  }

  conv2d(input: TensorId, filter: TensorId, geometry: Conv2dGeometry): TensorId {
    const [kh, kw, channels, filters] = this.shape(filter) as [number, number, number, number];
    const { strides, dilations, pads } = geometry;
    if (this.shape(input)[3] !== channels) {
      throw new Error(
        `the filter takes ${channels} channels, the input ${showShape(this.shape(input))} has others`,
      );
    }
    const [, high, wide] = this.shape(input) as [Size, Size, Size];
    const height = windowPlaces(high, kh, strides[0], dilations[0], pads[0]);
    const width = windowPlaces(wide, kw, strides[1], dilations[1], pads[1]);
    const shape = [this.shape(input)[0]!, height, width, filters];
    return this.emit({ op: 'conv2d', input, filter, ...geometry }, 'float32', shape);
  }
  conv2dGradInput(like: TensorId, filter: TensorId, gradient: TensorId, geometry: Conv2dGeometry): TensorId {
    return this.emit(
      { op: 'conv2d_grad_input', like, filter, gradient, ...geometry },
      'float32',
      this.shape(like),
    );
  }
  conv2dGradFilter(
    input: TensorId,
    filterShape: number[],
    gradient: TensorId,
    geometry: Conv2dGeometry,
  ): TensorId {
    return this.emit(
      { op: 'conv2d_grad_filter', input, filterShape, gradient, ...geometry },
      'float32',
      filterShape,
    );
  }
  maxPool2d(input: TensorId, geometry: Pool2dGeometry): TensorId {
    const { window, strides, pads } = geometry;
    const height = windowPlaces(this.shape(input)[1]!, window[0], strides[0], 1, pads[0]);
    const width = windowPlaces(this.shape(input)[2]!, window[1], strides[1], 1, pads[1]);
    const shape = [this.shape(input)[0]!, height, width, this.shape(input)[3]!];
    return this.emit({ op: 'max_pool2d', input, ...geometry }, 'float32', shape);
  }
  maxPool2dGrad(input: TensorId, output: TensorId, gradient: TensorId, geometry: Pool2dGeometry): TensorId {
    return this.emit(
      { op: 'max_pool2d_grad', input, output, gradient, ...geometry },
      'float32',
      this.shape(input),
    );
  }
  /** One of the primitives of a recurrence, [steps, batch, width] as the tensor `like` has them. */
  sequence(primitive: SequencePrimitive, like: TensorId, width: number): TensorId {
    const [steps, batch] = this.shape(like);
    return this.emit(primitive, 'float32', [steps!, batch!, width]);
  }
  randomUniform(counter: TensorId, seed: number, stream: number, like: TensorId): TensorId {
    return this.emit({ op: 'random_uniform', counter, seed, stream, like }, 'float32', this.shape(like));
  }

  /** The program that makes these outputs and updates; whatever else was built is left out. */
  finish(outputs: Record<string, TensorId>, updates: Update[] = []): Program {
    const used = new Set<TensorId>([...Object.values(outputs), ...updates.flatMap(operands)]);
    for (let id = this.instructions.length - 1; id >= 0; id--) {
      if (used.has(id)) for (const operand of operands(this.at(id))) used.add(operand);
    }
    const renamed = new Map<TensorId, TensorId>();
    const rename = (id: TensorId): TensorId => renamed.get(id)!;
    const instructions: Instruction[] = [];
    const inputs: Record<string, TensorSpec> = {};
    for (const [id, instruction] of this.instructions.entries()) {
      if (!used.has(id)) continue;
      renamed.set(id, instructions.length);
      instructions.push(mapOperands(instruction, rename));
      if (instruction.op === 'input') inputs[instruction.name] = this.inputs[instruction.name]!;
    }
    const sizes = new Set(Object.values(inputs).flatMap(({ shape }) => shape));
    const lengths = Object.entries(this.lengths).filter(([name]) => sizes.has(name));
    return {
      inputs,
      ...(lengths.length > 0 ? { lengths: Object.fromEntries(lengths) } : {}),
      instructions,
      outputs: Object.fromEntries(Object.entries(outputs).map(([name, id]) => [name, rename(id)])),
      updates: updates.map((update) => mapOperands(update, rename)),
    };
  }

  private emit(primitive: Primitive, dtype: ElementType, shape: Size[]): TensorId {
    const large = primitive.op === 'constant' && typeof primitive.value !== 'number';
    // Only values may be infinite; a replacer is slow.
    const replacer = 'value' in primitive ? finite : undefined;
    const key = large ? undefined : JSON.stringify([primitive, dtype, shape], replacer);
    const known = key === undefined ? undefined : this.known.get(key);
    if (known !== undefined) return known;
    const id = this.instructions.length;
    const instruction: Instruction = { ...primitive, dtype, shape };
    if (this.from !== undefined) instruction.from = this.from;
    this.instructions.push(instruction);
    if (key !== undefined) this.known.set(key, id);
    return id;
  }
}
