import type { Size, TensorId } from '../../../step/program';
import type { Output } from '../graph-builder';
import * as attr from '../protobuf/attributes';
import type { EmitContext } from './context';
import { type Carried, Loop } from './loop';
import { Writer } from './writer';

const int32 = attr.type('int32');
const float32 = attr.type('float32');

/** The steps that any row takes: from `first` up to `end`, which it does not include. */
interface Bounds {
  first: Output;
  end: Output;
}

/** A walk over the steps of a sequence, in a loop of the graph. Steps that no row takes are left out. */
export interface Walk {
  steps: Size;
  batch: Size;
  /** From the last step to the first. */
  backward: boolean;
  mask?: TensorId | undefined;
}

export function boundsOf(to: EmitContext, { steps, mask }: Pick<Walk, 'steps' | 'mask'>): Bounds {
  if (mask === undefined) return { first: to.graph.scalar('int32', 0), end: to.size(steps) };
  const write = new Writer(to);
  const reduced = (op: string, values: Output) =>
    to.node(
      op,
      [values, to.graph.vector([0])],
      { T: int32, Tidx: int32, keep_dims: attr.bool(false) },
      'bound',
    );
  const taken = to.shared(`steps taken by ${mask}`, () =>
    to.node(
      'Any',
      [to.output(mask), to.graph.vector([1, 2])],
      { Tidx: int32, keep_dims: attr.bool(false) },
      'any',
    ),
  );
  const select = (chosen: Output, otherwise: Output) =>
    to.node('SelectV2', [taken, chosen, otherwise], { T: int32 }, 'bound');
  const index = stepNumbers(to, steps);
  return {
    first: to.shared(`first of ${mask}`, () => reduced('Min', select(index, to.size(steps)))),
    end: to.shared(`end of ${mask}`, () =>
      reduced('Max', select(write.integers('AddV2', index, write.integer(1)), write.integer(0))),
    ),
  };
}

/** Whether a step comes after the last one that any row takes, in the order of reading: bool [steps, 1, 1]. */
export function afterwards(
  to: EmitContext,
  { steps, mask }: { steps: Size; mask: TensorId },
  reverse: boolean,
): Output {
  return to.shared(`steps after ${mask}, ${reverse}`, () => {
    const write = new Writer(to);
    const { first, end } = boundsOf(to, { steps, mask });
    const index = stepNumbers(to, steps);
    const isAfter = reverse
      ? write.integers('Less', index, first)
      : write.integers('GreaterEqual', index, end);
    const types = { T: attr.type('bool'), Tshape: int32 };
    return to.node('Reshape', [isAfter, to.graph.vector([-1, 1, 1])], types, 'after');
  });
}

/** 0, 1, 2, … of all steps. */
const stepNumbers = (to: EmitContext, steps: Size): Output => {
  if (typeof steps === 'string') {
    const bounds = [to.graph.scalar('int32', 0), to.size(steps), to.graph.scalar('int32', 1)];
    return to.node('Range', bounds, { Tidx: int32 }, 'steps');
  }
  return to.graph.constant(
    'constant/steps',
    'int32',
    [steps],
    Int32Array.from({ length: steps }, (_, i) => i),
  );
};

export function zeros(to: EmitContext, batch: Size, width: number): Output {
  return to.node(
    'Fill',
    [sizes(to, batch, width), to.graph.scalar('float32', 0)],
    { T: float32, index_type: int32 },
    'zeros',
  );
}

function sizes(to: EmitContext, batch: Size, width: number): Output {
  const of = [to.size(batch), to.graph.scalar('int32', width)];
  return to.node('Pack', of, { N: attr.int(2), T: int32, axis: attr.int(0) }, 'sizes');
}

/** What a step makes: its row of the result, and what it carries over to the next step. */
export interface Taken {
  row: Output;
  carried: Output[];
}

/**
 * Takes every step and gives their rows [steps, batch, width]; zeros for steps that are left out. What is carried are
 * floats.
 */
export function walk(
  to: EmitContext,
  over: Walk,
  width: number,
  start: readonly Output[],
  take: (step: Output, carried: Output[], loop: Loop, write: Writer) => Taken,
): Output {
  const { steps, batch, backward } = over;
  const loop = new Loop(to);
  const write = new Writer(to, loop);
  const { first, end } = boundsOf(to, over);
  const outside = new Writer(to);
  const shape = sizes(to, batch, width);
  const list = to.node(
    'TensorListReserve',
    [shape, to.size(steps)],
    { element_dtype: float32, shape_type: int32 },
    'list',
  );
  const begin = backward ? outside.integers('Sub', end, outside.integer(1)) : first;
  const carried: Carried[] = [
    { value: begin, dtype: 'int32' },
    { value: list, dtype: 'variant' },
    ...start.map((value): Carried => ({ value, dtype: 'float32' })),
  ];
  const [, rows] = loop.run(
    carried,
    ([step]) =>
      backward
        ? write.integers('GreaterEqual', step!, loop.invariant(first, 'int32'))
        : write.integers('Less', step!, loop.invariant(end, 'int32')),
    ([step, made, ...old]) => {
      const taken = take(step!, old, loop, write);
      const kept = to.node(
        'TensorListSetItem',
        [made!, step!, taken.row],
        { element_dtype: float32 },
        'keep',
      );
      return [write.integers('AddV2', step!, write.integer(backward ? -1 : 1)), kept, ...taken.carried];
    },
  );
  return to.node(
    'TensorListStack',
    [rows!, shape],
    { element_dtype: float32, num_elements: attr.int(typeof steps === 'number' ? steps : -1) },
    'stack',
  );
}
