import type { CellName, Instruction, Program, Size, Update } from '../program';
import { elements } from '../sizes';

/** Kernels that are far more than one operation, counted as their usual formula has them. */
const SOFTMAX = 5;
const RANDOM = 20;
/** Of a cell, beside its product with the old state, for each unit. */
const CELL: Record<CellName, number> = { lstm: 14, gru: 14, simple_rnn: 2 };
const CELL_GRADIENT: Record<CellName, number> = { lstm: 24, gru: 18, simple_rnn: 4 };
const UPDATE: Record<Update['kind'], number> = { assign: 0, sgd: 4, adam: 12 };

/** What only moves numbers, or looks at sizes. */
const free = new Set<Instruction['op']>([
  ...([
    'input',
    'state',
    'constant',
    'size_of',
    'iota',
    'cast',
    'reshape',
    'transpose',
    'broadcast_like',
  ] as const),
  ...(['concat', 'slice', 'pad', 'reverse', 'gather', 'one_hot'] as const),
]);

/**
 * Floating-point operations of one instruction: a multiply-add counts as two, an elementwise function as one for each
 * element. `shapeOf` gives the sizes of operands.
 */
export function flopsOf(
  instruction: Instruction,
  shape: readonly number[],
  shapeOf: (id: number) => readonly number[],
): number {
  const made = elements(shape);
  if (free.has(instruction.op)) return 0;
  switch (instruction.op) {
    case 'matmul': {
      const left = shapeOf(instruction.left);
      return 2 * made * left[left.length - (instruction.transposeLeft ? 2 : 1)]!;
    }
    case 'conv2d':
      return 2 * made * elements(shapeOf(instruction.filter).slice(0, 3));
    case 'conv2d_grad_input':
      return (
        (2 * elements(shapeOf(instruction.gradient)) * elements(shapeOf(instruction.filter))) /
        shapeOf(instruction.gradient)[3]!
      );
    case 'conv2d_grad_filter':
      return 2 * elements(shapeOf(instruction.gradient)) * elements(instruction.filterShape.slice(0, 3));
    case 'max_pool2d':
      return made * instruction.window[0] * instruction.window[1];
    case 'max_pool2d_grad':
      return elements(shapeOf(instruction.gradient)) * instruction.window[0] * instruction.window[1];
    case 'reduce_sum':
    case 'reduce_mean':
    case 'reduce_max':
    case 'reduce_min':
    case 'argmax':
      return elements(shapeOf(instruction.input));
    case 'recurrence':
    case 'recurrence_tape':
    case 'recurrence_grad': {
      // From the tape, states are only cut out.
      if (instruction.op === 'recurrence' && instruction.tape !== undefined) return 0;
      const [steps = 0, batch = 0] = shape;
      const [units = 0, gates = 0] = shapeOf(instruction.recurrent);
      const around = (instruction.op === 'recurrence_grad' ? CELL_GRADIENT : CELL)[instruction.cell];
      return steps * batch * units * (2 * gates + around);
    }
    case 'scatter_add':
      return elements(shapeOf(instruction.updates));
    case 'softmax':
    case 'log_softmax':
      return SOFTMAX * made;
    case 'random_uniform':
      return RANDOM * made;
    default:
      return made;
  }
}

/** Of a whole program with its updates, at concrete sizes. */
export function programFlops(program: Program, resolve: (size: Size) => number): number {
  const shapes = program.instructions.map(({ shape }) => shape.map(resolve));
  const computed = program.instructions.map((instruction, id) =>
    flopsOf(instruction, shapes[id]!, (other) => shapes[other]!),
  );
  const moved = program.updates.map((update) => {
    const id = update.kind === 'assign' ? update.value : update.gradient;
    return UPDATE[update.kind] * elements(shapes[id]!);
  });
  return [...computed, ...moved].reduce((all, each) => all + each, 0);
}
