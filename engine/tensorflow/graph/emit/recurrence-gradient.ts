import type { Size } from '../../../step/program';
import type { Output } from '../graph-builder';
import * as attr from '../protobuf/attributes';
import type { Emit, EmitContext, InstructionOf } from './context';
import type { Loop } from './loop';
import { afterwards, type Taken, walk, zeros } from './steps';
import { Writer } from './writer';

const float32 = attr.type('float32');
const int32 = attr.type('int32');

type Gradient = InstructionOf<'recurrence_grad'>;

/** The gradient of a cell: factors for all steps at once, so that little is left for each step of the loop. */
interface Backward {
  /** Tensors [steps, batch, …] of which every step reads its own. */
  factors: Output[];
  /** How many tensors of `width` go from step to step: the gradient by the state, and by a cell beside it. */
  carried: number;
  /** Of a row of the result. */
  width: number;
  take(write: Writer, gradient: Output, factors: Output[], old: Output[], recurrent: Output): Taken;
  /** From all rows to the result. */
  finish(rows: Output): Output;
}

/** What was before each step; zeros before the first. */
function before(to: EmitContext, { shape, reverse }: Gradient, x: Output, units: number): Output {
  const write = new Writer(to);
  const [, batch] = shape as [Size, Size];
  const none = to.node(
    'ExpandDims',
    [zeros(to, batch, units), to.graph.scalar('int32', 0)],
    { T: float32, Tdim: int32 },
    'none',
  );
  const others = reverse ? write.slice(x, [1, 0, 0], [-1, -1, -1]) : write.allButLast(x);
  return write.concat(reverse ? [others, none] : [none, others], 0);
}

/** 1 where a row takes a step, else 0: undefined where all do. */
function counting(to: EmitContext, { mask }: Gradient): Output | undefined {
  if (mask === undefined) return undefined;
  return to.node('Cast', [to.output(mask)], { SrcT: attr.type('bool'), DstT: float32 }, 'counts');
}

/**
 * With i, f, g, o, c' = f c + i g and h' = o tanh c': the gradient by c' gets from that by h' its product with
 * o (1 - tanh² c'); those by the gates are products of either with what does not depend on other gradients.
 */
function lstm(at: Gradient, to: EmitContext, units: number): Backward {
  const write = new Writer(to);
  const [, cell, i, f, g, o] = write.split(to.output(at.tape), 6, 2) as [Output, ...Output[]];
  const shown = write.apply('Tanh', cell!);
  const counts = counting(to, at);
  const masked = (x: Output) => (counts === undefined ? x : write.apply('Mul', x, counts));
  const gates = write.concat(
    [
      write.apply('SigmoidGrad', i!, g!),
      write.apply('SigmoidGrad', f!, before(to, at, cell!, units)),
      write.apply('TanhGrad', g!, i!),
      write.apply('SigmoidGrad', o!, shown),
    ],
    2,
  );
  const forget = counts === undefined ? f! : write.select(to.output(at.mask!), f!, write.float(1));
  return {
    factors: [masked(write.apply('TanhGrad', shown, o!)), masked(gates), forget],
    carried: 2,
    width: 4 * units,
    take(inside, hidden, [toCell, toGates, kept], [, old], recurrent) {
      const ofCell = inside.apply('AddV2', old!, inside.apply('Mul', hidden, toCell!));
      const row = inside.apply('Mul', inside.concat([ofCell, ofCell, ofCell, hidden], 1), toGates!);
      const carried = [inside.multiply(row, recurrent, true), inside.apply('Mul', ofCell, kept!)];
      return { row, carried };
    },
    finish: (rows) => rows,
  };
}

/** With n = tanh(x + r p) and h' = z h + (1 - z) n, where p is the product of h: everything is a multiple of that by h'. */
function gru(at: Gradient, to: EmitContext, units: number): Backward {
  const write = new Writer(to);
  const [hidden, z, r, n, past] = write.split(to.output(at.tape), 5, 2) as [Output, ...Output[]];
  const counts = counting(to, at);
  const masked = (x: Output) => (counts === undefined ? x : write.apply('Mul', x, counts));
  const toNew = masked(write.apply('TanhGrad', n!, write.apply('Sub', write.float(1), z!)));
  const difference = write.apply('Sub', before(to, at, hidden!, units), n!);
  const toUpdate = masked(write.apply('SigmoidGrad', z!, difference));
  const toReset = write.apply('SigmoidGrad', r!, write.apply('Mul', toNew, past!));
  const toPast = write.apply('Mul', toNew, r!);
  const kept = counts === undefined ? z! : write.select(to.output(at.mask!), z!, write.float(1));
  return {
    factors: [write.concat([toUpdate, toReset, toPast], 2), kept],
    carried: 1,
    width: units,
    take(inside, row, [toProduct, stays], _, recurrent) {
      const product = inside.apply('Mul', inside.concat([row, row, row], 1), toProduct!);
      const through = inside.multiply(product, recurrent, true);
      return { row, carried: [inside.apply('AddV2', inside.apply('Mul', row, stays!), through)] };
    },
    finish: (rows) =>
      write.concat(
        [toUpdate, toReset, toNew, toPast].map((factor) => write.apply('Mul', rows, factor)),
        2,
      ),
  };
}

/** h' = tanh(…). */
function simpleRnn(at: Gradient, to: EmitContext, units: number): Backward {
  const write = new Writer(to);
  const states = to.output(at.tape);
  const counts = counting(to, at);
  const slope = write.apply('Sub', write.float(1), write.apply('Square', states));
  return {
    factors: [counts === undefined ? slope : write.apply('Mul', slope, counts)],
    carried: 1,
    width: units,
    take(inside, hidden, [factor], _, recurrent) {
      const row = inside.apply('Mul', hidden, factor!);
      return { row, carried: [inside.multiply(row, recurrent, true)] };
    },
    finish: (rows) => rows,
  };
}

const cells = { lstm, gru, simple_rnn: simpleRnn };

/** Backpropagation through time: the steps the other way round. */
export const recurrenceGradient: Emit<'recurrence_grad'> = (at, to) => {
  const [steps, batch] = at.shape as [Size, Size];
  const units = to.spec(at.recurrent).shape[0] as number;
  const { factors, carried, width, take, finish } = cells[at.cell](at, to, units);
  // gru carries on the gradient of rows that do not take a step by what it keeps of the state.
  const stays = at.cell === 'gru' ? undefined : staying(to, at);
  const none = zeros(to, batch, units);
  const start = [at.mask === undefined ? none : heldGradient(to, at, at.mask)];
  while (start.length < carried) start.push(none);
  const over = { steps, batch, mask: at.mask, backward: !at.reverse };
  const rows = walk(to, over, width, start, (step, old, loop: Loop, write) => {
    const read = (x: Output) => write.row(loop.invariant(x, 'float32'), step);
    const hidden = write.apply('AddV2', old[0]!, read(to.output(at.gradient)));
    const recurrent = loop.invariant(to.output(at.recurrent), 'float32');
    const taken = take(write, hidden, factors.map(read), old, recurrent);
    if (stays === undefined) return taken;
    const [next, ...others] = taken.carried;
    const passed = write.apply('AddV2', next!, write.apply('Mul', hidden, read(stays)));
    return { row: taken.row, carried: [passed, ...others] };
  });
  return finish(rows);
};

/** Of the states after the last step that any row takes, which are all the same. */
function heldGradient(to: EmitContext, { shape, reverse, gradient }: Gradient, mask: number): Output {
  const write = new Writer(to);
  const isAfter = afterwards(to, { steps: shape[0]!, mask }, reverse);
  const theirs = write.select(isAfter, to.output(gradient), write.float(0));
  const attributes = { T: float32, Tidx: int32, keep_dims: attr.bool(false) };
  return to.node('Sum', [theirs, to.graph.vector([0])], attributes, 'held');
}

/** 1 where a row leaves a step out, else 0. */
function staying(to: EmitContext, at: Gradient): Output | undefined {
  const counts = counting(to, at);
  const write = new Writer(to);
  return counts === undefined ? undefined : write.apply('Sub', write.float(1), counts);
}
