import type { Recurrence, TensorId } from '../../../step/program';
import { cellSizes } from '../../../step/recurrence';
import type { Heap, Tensor } from '../heap';
import { cellGradients } from './cell-gradients';
import { type CellSetting, cells, type Part } from './cells';
import { Functions, Scratch } from './functions';
import type { Kernels, Preparation, Run } from './kernel';
import { transposeMatrices } from './matmul';
import { afterwards, boundsOf, walk } from './walk';

type Sizes = [steps: number, batch: number, width: number];

const everyRow = (): boolean => true;

/** A setting to work in, gone when the work is done. */
function within<T>(heap: Heap, batch: number, units: number, work: (setting: CellSetting) => T): T {
  const scratch = new Scratch(heap);
  try {
    return work({ heap, functions: new Functions(heap), scratch, batch, units });
  } finally {
    scratch.release();
  }
}

/** A copy: kernels may move the memory. */
const maskOf = (heap: Heap, tensors: Tensor[], mask: TensorId | undefined): Uint8Array | undefined =>
  mask === undefined ? undefined : (heap.view(tensors[mask]!) as Uint8Array).slice();

/** Reads the whole sequence, a step at a time, and keeps of each the first tensors of the tape, as many as fit. */
function run({ heap, instruction, shape, shapeOf }: Preparation<Recurrence>): Run {
  const { cell: name, reverse, input, recurrent, bias, mask } = instruction;
  const [steps, batch, width] = shape as Sizes;
  const units = shapeOf(recurrent)[0]!;
  const gates = cellSizes[name].gates * units;
  return (tensors) =>
    within(heap, batch, units, (setting) => {
      const { functions, scratch } = setting;
      const out = heap.allocate(shape, 'float32');
      const cell = cells[name](setting);
      const kept = cell.tape.slice(0, width / units);
      const product = scratch.floats(batch, gates);
      const counts = maskOf(heap, tensors, mask);
      const bounds = boundsOf(steps, batch, counts);
      for (const step of walk(bounds, reverse)) {
        functions.multiply(cell.hidden, tensors[recurrent]!, product, batch, units, gates);
        if (bias !== undefined) addToRows(heap.floats(product), heap.floats(tensors[bias]!));
        const takes = counts ? (row: number) => counts[step * batch + row] === 1 : everyRow;
        cell.step({ input: tensors[input]!, from: step * batch * gates, product, takes });
        putRows(heap, out, step * batch * width, kept, units);
      }
      return out;
    });
}

function addToRows(matrix: Float32Array, row: Float32Array): void {
  for (let from = 0; from < matrix.length; from += row.length)
    for (let i = 0; i < row.length; i++) matrix[from + i]! += row[i]!;
}

/** Matrices [batch, units] side by side. */
function putRows(heap: Heap, out: Tensor, from: number, parts: Part[], units: number): void {
  const to = heap.floats(out);
  const width = out.shape[2]!;
  const size = out.shape[1]! * units;
  for (const [index, part] of parts.entries()) {
    const source = heap.floats(part.tensor);
    const last = part.from + size;
    let at = from + index * units;
    for (let read = part.from; read < last; at += width - units)
      for (const end = read + units; read < end; read++, at++) to[at] = source[read]!;
  }
}

/** States from the tape, or from what was run without one: those outside of the steps that are taken stay the same. */
function states(at: Preparation<Recurrence & { tape?: TensorId }>): Run {
  const { heap, instruction, shape } = at;
  const { tape, mask, reverse } = instruction;
  const [steps, batch, units] = shape as Sizes;
  const computed = tape === undefined ? run(at) : undefined;
  const size = batch * units;
  const width = tape === undefined ? units : cellSizes[instruction.cell].tape * units;
  return (tensors) => {
    const out = computed ? computed(tensors) : heap.allocate(shape, 'float32');
    const to = heap.floats(out);
    const bounds = boundsOf(steps, batch, maskOf(heap, tensors, mask));
    if (tape !== undefined) {
      const from = heap.floats(tensors[tape]!);
      for (let row = bounds.first * batch; row < bounds.end * batch; row++)
        to.set(from.subarray(row * width, row * width + units), row * units);
    }
    to.fill(0, 0, bounds.first * size);
    to.fill(0, bounds.end * size);
    const last = (reverse ? bounds.first : bounds.end - 1) * size;
    const after = afterwards(bounds, steps, reverse);
    for (let step = after.first; step < after.end; step++) to.copyWithin(step * size, last, last + size);
    return out;
  };
}

export const recurrence: Kernels<'recurrence' | 'recurrence_tape' | 'recurrence_grad'> = {
  recurrence: states,
  recurrence_tape: run,

  recurrence_grad: ({ heap, instruction, shape, shapeOf }) => {
    const { cell: name, reverse, recurrent, mask, tape, gradient } = instruction;
    const [steps, batch, width] = shape as Sizes;
    const [units, gates] = shapeOf(recurrent) as [number, number];
    const [, , tapeWidth] = shapeOf(tape) as Sizes;
    return (tensors) =>
      within(heap, batch, units, (setting) => {
        const { functions, scratch } = setting;
        const out = heap.allocate(shape, 'float32');
        heap.floats(out).fill(0);
        const back = cellGradients[name](setting);
        const through = scratch.floats(batch, units);
        const turned = transposeMatrices(heap, tensors[recurrent]!);
        const counts = maskOf(heap, tensors, mask);
        const bounds = boundsOf(steps, batch, counts);
        const after = afterwards(bounds, steps, reverse);
        for (let step = after.first; step < after.end; step++)
          addStep(heap.floats(back.hidden), heap.floats(tensors[gradient]!), step);
        const first = reverse ? bounds.end - 1 : bounds.first;
        for (const step of walk(bounds, !reverse)) {
          addStep(heap.floats(back.hidden), heap.floats(tensors[gradient]!), step);
          back.step({
            tape: tensors[tape]!,
            at: step * batch * tapeWidth,
            before: step === first ? undefined : (step + (reverse ? 1 : -1)) * batch * tapeWidth,
            takes: counts ? (row) => counts[step * batch + row] === 1 : everyRow,
          });
          heap.floats(out).set(heap.floats(back.row), step * batch * width);
          functions.multiply(back.product, turned, through, batch, gates, units);
          addStep(heap.floats(back.hidden), heap.floats(through), 0);
        }
        heap.release(turned);
        return out;
      });
  },
};

/** Adds one step of a tensor [steps, …]. */
function addStep(to: Float32Array, from: Float32Array, step: number): void {
  for (let i = 0, at = step * to.length; i < to.length; i++, at++) to[i]! += from[at]!;
}
