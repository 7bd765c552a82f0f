import type { HostTensor, Instruction, Program, Recurrence, Update } from '../../engine/step/program';
import { evaluateSize } from '../../engine/step/sizes';
import { philoxUniform } from './reference-random';
import { backward, read, type Sequence, tape } from './reference-recurrence';

/**
 * The meaning of every primitive in plain loops over numbers, in double precision where that is all there is. Slow on
 * purpose: nothing here is clever enough to be wrong in the way an executor is.
 */
interface Value {
  shape: number[];
  data: number[];
}

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Row-major coordinates of every element. */
function coordinates(shape: readonly number[]): number[][] {
  return Array.from({ length: count(shape) }, (_, flat) => {
    const at: number[] = [];
    let rest = flat;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at.unshift(rest % shape[axis]!);
      rest = Math.floor(rest / shape[axis]!);
    }
    return at;
  });
}

const flatten = (shape: readonly number[], at: readonly number[]): number =>
  at.reduce((flat, index, axis) => flat * shape[axis]! + index, 0);

const get = ({ shape, data }: Value, at: readonly number[]): number => data[flatten(shape, at)]!;

/** Reads as if broadcast: missing leading axes and axes of length 1 repeat. */
const broadcastGet = (value: Value, at: readonly number[]): number =>
  get(
    value,
    at.slice(at.length - value.shape.length).map((index, axis) => (value.shape[axis] === 1 ? 0 : index)),
  );

const build = (shape: number[], element: (at: number[]) => number): Value => ({
  shape,
  data: coordinates(shape).map(element),
});

/** Zeros, into which `place` adds. */
function accumulate(shape: number[], place: (add: (at: number[], amount: number) => void) => void): Value {
  const value: Value = { shape, data: new Array<number>(count(shape)).fill(0) };
  place((at, amount) => {
    value.data[flatten(shape, at)]! += amount;
  });
  return value;
}

function erf(x: number): number {
  // Maclaurin series (Abramowitz & Stegun 7.1.5), exact enough for |x| < 5.
  let term = x;
  let sum = x;
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const unary: Record<string, (x: number) => number> = {
  neg: (x) => -x,
  exp: Math.exp,
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  relu: (x) => Math.max(x, 0),
  softplus: (x) => Math.log1p(Math.exp(x)),
  abs: Math.abs,
  square: (x) => x * x,
  sign: Math.sign,
  erf,
  sin: Math.sin,
  cos: Math.cos,
  floor: Math.floor,
  logical_not: (x) => Number(!x),
  is_nan: (x) => Number(Number.isNaN(x)),
};

const binary: Record<string, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maximum: Math.max,
  minimum: Math.min,
  pow: (a, b) => a ** b,
  equal: (a, b) => Number(a === b),
  less: (a, b) => Number(a < b),
  less_equal: (a, b) => Number(a <= b),
  greater: (a, b) => Number(a > b),
  greater_equal: (a, b) => Number(a >= b),
  logical_and: (a, b) => Number(a && b),
  logical_or: (a, b) => Number(a || b),
};

interface Window {
  strides: [number, number];
  pads: [[number, number], [number, number]];
}

/** Visits every (output place, window place, input place) of a window sliding over an image [n, h, w, …]. */
function slide(
  image: readonly number[],
  output: readonly number[],
  kernel: readonly [number, number],
  dilations: readonly [number, number],
  { strides, pads }: Window,
  visit: (n: number, oy: number, ox: number, ky: number, kx: number, y: number, x: number) => void,
): void {
  for (const [n, oy, ox] of coordinates(output.slice(0, 3)) as [number, number, number][]) {
    for (const [ky, kx] of coordinates([...kernel]) as [number, number][]) {
      const y = oy * strides[0] + ky * dilations[0] - pads[0][0];
      const x = ox * strides[1] + kx * dilations[1] - pads[1][0];
      if (y >= 0 && x >= 0 && y < image[1]! && x < image[2]!) visit(n, oy, ox, ky, kx, y, x);
    }
  }
}

/** One row of the batch of a recurrence. */
function sequenceOf(
  { cell, reverse, mask }: Pick<Recurrence, 'cell' | 'reverse' | 'mask'>,
  [steps]: number[],
  recurrent: Value,
  value: (id: number) => Value,
  row: number,
): Omit<Sequence, 'input' | 'bias'> {
  const taken = mask === undefined ? undefined : value(mask);
  return {
    cell,
    reverse,
    steps: steps!,
    units: recurrent.shape[0]!,
    recurrent: (from, column) => get(recurrent, [from, column]),
    taken: (step) => taken === undefined || get(taken, [step, row, 0]) === 1,
  };
}

function evaluate(
  instruction: Instruction,
  shape: number[],
  value: (id: number) => Value,
  inputs: Record<string, HostTensor>,
  state: Map<string, HostTensor>,
): Value {
  const host = ({ shape, data }: HostTensor): Value => ({ shape, data: Array.from(data) });
  switch (instruction.op) {
    case 'input':
      return host(inputs[instruction.name]!);
    case 'state':
      return host(state.get(instruction.name)!);
    case 'constant': {
      const { value: constant } = instruction;
      return typeof constant === 'number'
        ? build(shape, () => constant)
        : { shape, data: Array.from(constant) };
    }
    case 'size_of':
      return { shape, data: [value(instruction.input).shape[instruction.axis]!] };
    case 'iota':
      return build(shape, ([i]) => i!);
    case 'select': {
      const [condition, left, right] = [instruction.condition, instruction.left, instruction.right].map(
        value,
      );
      return build(shape, (at) => broadcastGet(broadcastGet(condition!, at) ? left! : right!, at));
    }
    case 'cast': {
      const convert: Record<string, (x: number) => number> = {
        float32: (x) => x,
        int32: Math.trunc,
        bool: (x) => Number(x !== 0),
      };
      return { shape, data: value(instruction.input).data.map(convert[instruction.dtype]!) };
    }
    case 'matmul': {
      const left = value(instruction.left);
      const right = value(instruction.right);
      const inner = left.shape[left.shape.length - (instruction.transposeLeft ? 2 : 1)]!;
      return build(shape, (at) => {
        const lead = at.slice(0, -2);
        const [i, j] = at.slice(-2) as [number, number];
        let sum = 0;
        for (let k = 0; k < inner; k++) {
          sum +=
            get(left, [...lead, ...(instruction.transposeLeft ? [k, i] : [i, k])]) *
            get(right, [...lead, ...(instruction.transposeRight ? [j, k] : [k, j])]);
        }
        return sum;
      });
    }
    case 'reduce_sum':
    case 'reduce_mean':
    case 'reduce_max':
    case 'reduce_min': {
      const input = value(instruction.input);
      const groups = new Map<number, number[]>();
      for (const at of coordinates(input.shape)) {
        const kept = instruction.keepDims
          ? at.map((index, axis) => (instruction.axes.includes(axis) ? 0 : index))
          : at.filter((_, axis) => !instruction.axes.includes(axis));
        const flat = flatten(shape, kept);
        groups.set(flat, [...(groups.get(flat) ?? []), get(input, at)]);
      }
      const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
      const fold: Record<string, (values: number[]) => number> = {
        reduce_sum: sum,
        reduce_mean: (values) => sum(values) / values.length,
        reduce_max: (values) => Math.max(...values),
        reduce_min: (values) => Math.min(...values),
      };
      return {
        shape,
        data: Array.from({ length: count(shape) }, (_, i) => fold[instruction.op]!(groups.get(i)!)),
      };
    }
    case 'argmax': {
      const input = value(instruction.input);
      return build(shape, (at) => {
        const lane = Array.from({ length: input.shape[instruction.axis]! }, (_, i) =>
          get(input, at.toSpliced(instruction.axis, 0, i)),
        );
        return lane.indexOf(Math.max(...lane));
      });
    }
    case 'softmax':
    case 'log_softmax': {
      const input = value(instruction.input);
      const last = shape.at(-1)!;
      return build(shape, (at) => {
        const lane = Array.from({ length: last }, (_, i) => get(input, at.with(-1, i)));
        const total = lane.reduce((sum, x) => sum + Math.exp(x), 0);
        const log = get(input, at) - Math.log(total);
        return instruction.op === 'softmax' ? Math.exp(log) : log;
      });
    }
    case 'reshape':
      return { shape, data: value(instruction.input).data };
    case 'transpose': {
      const input = value(instruction.input);
      return build(shape, (at) =>
        get(
          input,
          input.shape.map((_, axis) => at[instruction.order.indexOf(axis)]!),
        ),
      );
    }
    case 'broadcast_like':
      return build(shape, (at) => broadcastGet(value(instruction.input), at));
    case 'concat': {
      const parts = instruction.inputs.map(value);
      const { axis } = instruction;
      const lengths = parts.map((part) => part.shape[axis]!);
      const owner = lengths.flatMap((length, i) => new Array<number>(length).fill(i));
      const start = lengths.map((_, i) => lengths.slice(0, i).reduce((a, b) => a + b, 0));
      return build(shape, (at) => {
        const i = owner[at[axis]!]!;
        return get(parts[i]!, at.with(axis, at[axis]! - start[i]!));
      });
    }
    case 'slice': {
      const { begin } = instruction;
      return build(shape, (at) =>
        get(
          value(instruction.input),
          at.map((index, axis) => index + begin[axis]!),
        ),
      );
    }
    case 'pad': {
      const input = value(instruction.input);
      return build(shape, (at) => {
        const inner = at.map((index, axis) => index - instruction.pads[axis]![0]);
        const inside = inner.every((index, axis) => index >= 0 && index < input.shape[axis]!);
        return inside ? get(input, inner) : instruction.value;
      });
    }
    case 'reverse': {
      const { axis } = instruction;
      return build(shape, (at) => get(value(instruction.input), at.with(axis, shape[axis]! - 1 - at[axis]!)));
    }
    case 'gather': {
      const [table, indices] = [value(instruction.table), value(instruction.indices)];
      const rank = indices.shape.length;
      return build(shape, (at) => get(table, [get(indices, at.slice(0, rank)), ...at.slice(rank)]));
    }
    case 'scatter_add': {
      const [indices, updates] = [value(instruction.indices), value(instruction.updates)];
      const rank = indices.shape.length;
      return accumulate(shape, (add) => {
        for (const at of coordinates(updates.shape)) {
          add([get(indices, at.slice(0, rank)), ...at.slice(rank)], get(updates, at));
        }
      });
    }
    case 'one_hot':
      return build(shape, (at) => Number(get(value(instruction.indices), at.slice(0, -1)) === at.at(-1)));
    case 'conv2d': {
      const [input, filter] = [value(instruction.input), value(instruction.filter)];
      const [kh, kw, channels, filters] = filter.shape as [number, number, number, number];
      return accumulate(shape, (add) => {
        slide(input.shape, shape, [kh, kw], instruction.dilations, instruction, (n, oy, ox, ky, kx, y, x) => {
          for (const [c, f] of coordinates([channels, filters]) as [number, number][]) {
            add([n, oy, ox, f], get(input, [n, y, x, c]) * get(filter, [ky, kx, c, f]));
          }
        });
      });
    }
    case 'conv2d_grad_input': {
      const [filter, gradient] = [value(instruction.filter), value(instruction.gradient)];
      const [kh, kw, channels, filters] = filter.shape as [number, number, number, number];
      return accumulate(shape, (add) => {
        slide(
          shape,
          gradient.shape,
          [kh, kw],
          instruction.dilations,
          instruction,
          (n, oy, ox, ky, kx, y, x) => {
            for (const [c, f] of coordinates([channels, filters]) as [number, number][]) {
              add([n, y, x, c], get(gradient, [n, oy, ox, f]) * get(filter, [ky, kx, c, f]));
            }
          },
        );
      });
    }
    case 'conv2d_grad_filter': {
      const [input, gradient] = [value(instruction.input), value(instruction.gradient)];
      const [kh, kw, channels, filters] = shape as [number, number, number, number];
      return accumulate(shape, (add) => {
        slide(
          input.shape,
          gradient.shape,
          [kh, kw],
          instruction.dilations,
          instruction,
          (n, oy, ox, ky, kx, y, x) => {
            for (const [c, f] of coordinates([channels, filters]) as [number, number][]) {
              add([ky, kx, c, f], get(input, [n, y, x, c]) * get(gradient, [n, oy, ox, f]));
            }
          },
        );
      });
    }
    case 'max_pool2d': {
      const input = value(instruction.input);
      const result = build(shape, () => Number.NEGATIVE_INFINITY);
      slide(input.shape, shape, instruction.window, [1, 1], instruction, (n, oy, ox, _ky, _kx, y, x) => {
        for (let c = 0; c < shape[3]!; c++) {
          const at = flatten(shape, [n, oy, ox, c]);
          result.data[at] = Math.max(result.data[at]!, get(input, [n, y, x, c]));
        }
      });
      return result;
    }
    case 'max_pool2d_grad': {
      // To the first place that has the maximum.
      const [input, output, gradient] = [
        value(instruction.input),
        value(instruction.output),
        value(instruction.gradient),
      ];
      const taken = new Set<number>();
      return accumulate(shape, (add) => {
        slide(shape, output.shape, instruction.window, [1, 1], instruction, (n, oy, ox, _ky, _kx, y, x) => {
          for (let c = 0; c < shape[3]!; c++) {
            const place = flatten(output.shape, [n, oy, ox, c]);
            if (taken.has(place) || get(input, [n, y, x, c]) !== output.data[place]) continue;
            taken.add(place);
            add([n, y, x, c], gradient.data[place]!);
          }
        });
      });
    }
    case 'recurrence':
    case 'recurrence_tape': {
      const [input, recurrent] = [value(instruction.input), value(instruction.recurrent)];
      const bias = instruction.bias === undefined ? undefined : value(instruction.bias);
      const rows = coordinates([shape[1]!]).map(([row]): number[][] => {
        const of: Sequence = {
          ...sequenceOf(instruction, shape, recurrent, value, row!),
          input: (step, column) => get(input, [step, row!, column]),
          bias: (column) => bias?.data[column] ?? 0,
        };
        if (instruction.op === 'recurrence_tape') return tape(of);
        const states: number[][] = [];
        for (const { step, state } of read(of)) states[step] = state.hidden;
        return states;
      });
      return build(shape, ([step, row, column]) => rows[row!]![step!]![column!]!);
    }
    case 'recurrence_grad': {
      const [recurrent, kept, gradient] = [
        value(instruction.recurrent),
        value(instruction.tape),
        value(instruction.gradient),
      ];
      const rows = coordinates([shape[1]!]).map(([row]) =>
        backward(
          sequenceOf(instruction, shape, recurrent, value, row!),
          (step, column) => get(kept, [step, row!, column]),
          (step, unit) => get(gradient, [step, row!, unit]),
        ),
      );
      return build(shape, ([step, row, column]) => rows[row!]![step!]![column!]!);
    }
    case 'random_uniform': {
      const step = value(instruction.counter).data[0]!;
      return { shape, data: philoxUniform(instruction.seed, instruction.stream, step, count(shape)) };
    }
    default: {
      if ('left' in instruction) {
        const [left, right] = [value(instruction.left), value(instruction.right)];
        return build(shape, (at) => binary[instruction.op]!(broadcastGet(left, at), broadcastGet(right, at)));
      }
      return { shape, data: value(instruction.input).data.map(unary[instruction.op]!) };
    }
  }
}

function update(
  change: Update,
  value: (id: number) => Value,
  state: Map<string, HostTensor>,
): [string, number[]][] {
  const old = (name: string) => Array.from(state.get(name)!.data);
  if (change.kind === 'assign') return [[change.state, value(change.value).data]];
  const gradient = value(change.gradient).data;
  const rate = value(change.learningRate).data[0]!;
  const weights = old(change.state);
  if (change.kind === 'sgd') {
    if (change.velocity === undefined)
      return [[change.state, weights.map((w, i) => w - rate * gradient[i]!)]];
    const velocity = old(change.velocity).map((v, i) => change.momentum * v + gradient[i]!);
    const direction = change.nesterov ? velocity.map((v, i) => gradient[i]! + change.momentum * v) : velocity;
    return [
      [change.state, weights.map((w, i) => w - rate * direction[i]!)],
      [change.velocity, velocity],
    ];
  }
  const t = value(change.step).data[0]!;
  const { beta1, beta2, epsilon, weightDecay } = change;
  const m = old(change.m).map((x, i) => beta1 * x + (1 - beta1) * gradient[i]!);
  const v = old(change.v).map((x, i) => beta2 * x + (1 - beta2) * gradient[i]! ** 2);
  const size = (rate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
  const moved = weights.map(
    (w, i) => w - rate * weightDecay * w - (size * m[i]!) / (Math.sqrt(v[i]!) + epsilon),
  );
  return [
    [change.state, moved],
    [change.m, m],
    [change.v, v],
  ];
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

/** Runs a program; returns its outputs and changes `state`. */
export function runReference(
  program: Program,
  inputs: Record<string, HostTensor>,
  state: Map<string, HostTensor> = new Map(),
): Record<string, HostTensor> {
  const sizes = new Map<string, number>();
  for (const [name, { shape }] of Object.entries(program.inputs)) {
    for (const [axis, size] of shape.entries()) {
      if (typeof size === 'string') sizes.set(size, inputs[name]!.shape[axis]!);
    }
  }
  const values: Value[] = [];
  const value = (id: number) => values[id]!;
  for (const instruction of program.instructions) {
    const shape = instruction.shape.map((size) => evaluateSize(size, sizes));
    values.push(evaluate(instruction, shape, value, inputs, state));
  }
  const outputs = Object.entries(program.outputs).map(([name, id]): [string, HostTensor] => {
    const { dtype } = program.instructions[id]!;
    return [name, { dtype, shape: value(id).shape, data: arrays[dtype].from(value(id).data) }];
  });
  const changes = program.updates.flatMap((change) => update(change, value, state));
  for (const [name, data] of changes) {
    const { dtype, shape } = state.get(name)!;
    state.set(name, { dtype, shape, data: arrays[dtype].from(data) });
  }
  return Object.fromEntries(outputs);
}
