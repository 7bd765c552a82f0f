import type { Size, TensorId } from '../program';
import { product } from '../sizes';
import type { Lowering, LoweringContext } from './context';

/** The plan knows every result's shape; these ops only have to take it on. */
const toPlannedShape: Lowering = (at) =>
  at.b.reshape(
    at.input(),
    at.type.shape.map((size) => product([size])),
  );

/** The axis that the attribute names, of a tensor of this rank. */
const axisOf = (at: LoweringContext, rank: number, otherwise?: number): number =>
  at.axis(at.number('axis', otherwise), rank);

/** Pads along one axis. */
function padAxis(at: LoweringContext, x: TensorId, axis: number, before: number, after: number): TensorId {
  const pads = at.b.shape(x).map((_, index): [number, number] => (index === axis ? [before, after] : [0, 0]));
  return at.b.pad(x, pads, at.number('value', 0));
}

const stack: Lowering = (at) => {
  const { b } = at;
  const inputs = at.all('in');
  const shape = b.shape(inputs[0]!);
  const axis = axisOf(at, shape.length + 1, 1);
  const layer = [...shape.slice(0, axis), 1, ...shape.slice(axis)];
  return b.concat(
    inputs.map((input) => b.reshape(input, layer)),
    axis,
  );
};

const split: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const axis = axisOf(at, b.rank(x), -1);
  const size = at.number('size', b.staticSize(x, axis) / 2);
  return { first: b.cut(x, axis, 0, size), second: b.cut(x, axis, size, -1) };
};

/** Entry by entry, through an axis of its own; or the axis as a whole. */
export function repeatAxis(
  at: LoweringContext,
  x: TensorId,
  axis: number,
  times: number,
  whole: boolean,
): TensorId {
  const { b } = at;
  const copies = (copy: TensorId, along: number): TensorId =>
    b.concat(
      Array.from({ length: times }, () => copy),
      along,
    );
  if (whole) return copies(x, axis);
  const shape = b.shape(x);
  const apart = b.reshape(x, [...shape.slice(0, axis + 1), 1, ...shape.slice(axis + 1)]);
  return b.reshape(copies(apart, axis + 1), [
    ...shape.slice(0, axis),
    product([shape[axis]!, times]),
    ...shape.slice(axis + 1),
  ]);
}

const repeat: Lowering = (at) => {
  const x = at.input();
  const axis = axisOf(at, at.b.rank(x));
  return repeatAxis(at, x, axis, at.number('times'), at.boolean('whole', false));
};

const shift: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const axis = axisOf(at, b.rank(x));
  const by = at.number('by', 1);
  const kept = b.staticSize(x, axis) - Math.abs(by);
  if (kept < 1) at.fail(`nothing is left of ${b.staticSize(x, axis)} entries after a shift by ${by}`);
  return by >= 0
    ? padAxis(at, b.cut(x, axis, 0, kept), axis, by, 0)
    : padAxis(at, b.cut(x, axis, -by, kept), axis, 0, -by);
};

/** token [width] as a first step of x [batch, steps, width]. */
const classToken: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const width = b.staticSize(x, 2);
  const first = b.broadcastLike(b.reshape(at.weight('token'), [1, 1, width]), b.cut(x, 1, 0, 1));
  return b.concat([first, x], 1);
};

/** Places begin, begin + 1, … of x [batch, steps, …], where steps differ from batch to batch. */
export function someSteps(at: LoweringContext, x: TensorId, begin: number, count: number): TensorId {
  const { b } = at;
  const places = b.constant(
    Int32Array.from({ length: count }, (_, place) => begin + place),
    [1, count],
  );
  const rows = b.mul(b.reshape(b.iota(x, 0), [b.shape(x)[0]!, 1]), b.scalar(0, 'int32'));
  return gatherSteps(at, x, b.add(rows, places));
}

export const isOpen = (at: LoweringContext, x: TensorId, axis: number): boolean =>
  axis === 1 && typeof at.b.shape(x)[axis] === 'string';

const slice: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const axis = axisOf(at, b.rank(x));
  const [begin, size] = [at.number('begin', 0), at.number('size', -1)];
  return isOpen(at, x, axis) ? someSteps(at, x, begin, size) : b.cut(x, axis, begin, size);
};

const select: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const axis = axisOf(at, b.rank(x));
  const index = at.number('index');
  const shape = b.shape(x);
  if (isOpen(at, x, axis)) {
    const one = someSteps(at, x, index, 1);
    return b.reshape(one, [shape[0]!, ...shape.slice(2)]);
  }
  const one = b.cut(x, axis, index < 0 ? index + b.staticSize(x, axis) : index, 1);
  return b.reshape(one, [...shape.slice(0, axis), ...shape.slice(axis + 1)]);
};

/** Steps [batch, how many, …] of x [batch, steps, …] at `index` [batch, how many], each row by itself. */
function gatherSteps(at: LoweringContext, x: TensorId, index: TensorId): TensorId {
  const { b } = at;
  const [batch, steps, ...rest] = b.shape(x) as [Size, number, ...Size[]];
  const last = b.sub(b.sizeOf(x, 1, 'int32'), b.scalar(1, 'int32'));
  const inside = b.binary('minimum', b.binary('maximum', index, b.scalar(0, 'int32')), last);
  const starts = b.mul(b.iota(x, 0), b.sizeOf(x, 1, 'int32'));
  const flat = b.add(inside, b.reshape(starts, [batch, 1]));
  return b.gather(b.reshape(x, [product([batch, steps]), ...rest]), flat);
}

const gather: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const index = b.cast(at.input('index'), 'int32');
  if (b.rank(index) === 2) return gatherSteps(at, x, index);
  const [batch, , ...rest] = b.shape(x) as [Size, Size, ...Size[]];
  return b.reshape(gatherSteps(at, x, b.reshape(index, [batch, 1])), [batch, ...rest]);
};

/** The place of the last step that counts: the greatest of step numbers times whether they count. */
const lastStep: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const [batch, , width] = b.shape(x) as [Size, Size, Size];
  const mask = at.optional('mask');
  if (mask === undefined) {
    return b.reshape(b.cut(x, 1, b.staticSize(x, 1) - 1, 1), [batch, width]);
  }
  const places = b.mul(b.cast(b.cast(mask, 'bool'), 'float32'), b.iota(x, 1, 'float32'));
  const last = b.cast(b.reduce('reduce_max', places, [1], true), 'int32');
  return b.reshape(gatherSteps(at, x, last), [batch, width]);
};

export const shapes: Record<string, Lowering> = {
  reshape: toPlannedShape,
  squeeze: toPlannedShape,
  expand_dims: toPlannedShape,
  identity: (at) => at.input(),
  flatten: (at) => {
    const shape = at.b.shape(at.input());
    return at.b.reshape(at.input(), [shape[0]!, product(shape.slice(1))] as Size[]);
  },
  transpose: (at) => {
    const rank = at.b.rank(at.input());
    const order = at.list('order') ?? at.fail(`'order' is missing`);
    return at.b.transpose(
      at.input(),
      order.map((axis) => at.axis(axis, rank)),
    );
  },
  concat: (at) => {
    const inputs = at.all('in');
    return at.b.concat(inputs, axisOf(at, at.b.rank(inputs[0]!), -1));
  },
  stack,
  split,
  pad: (at) =>
    padAxis(at, at.input(), axisOf(at, at.b.rank(at.input())), at.number('before', 0), at.number('after', 0)),
  repeat,
  flip: (at) => at.b.reverse(at.input(), axisOf(at, at.b.rank(at.input()))),
  shift,
  class_token: classToken,
  slice,
  select,
  gather,
  last_step: lastStep,
};
