import { operands, readOperands } from '../operands';
import type { CellName, ElementType, Instruction, Program, Size, StateSpec, Step } from '../program';
import { elements } from '../sizes';

const FLOAT = 4;
/** Of one element. */
export const elementBytes: Record<ElementType, number> = { float32: 4, int32: 4, bool: 1 };

/** Bytes of tensors while a step runs. Code, the data and the runtime itself come on top. */
export interface StepMemory {
  /** Weights and statistics. */
  weights: number;
  /** What the optimizer and counters keep between steps. */
  optimizer: number;
  /** At the fullest moment of the most demanding program: inputs, values and gradients that are still to be read. */
  working: number;
  total: number;
}

const stateBytes = (state: readonly StateSpec[]): number =>
  state.reduce((all, { dtype, shape }) => all + elements(shape) * elementBytes[dtype], 0);

/** An open size is a length, as long as `longest` says or else as it can be, or a number of rows. */
export const atRows =
  (rows: number, { lengths }: Pick<Program, 'lengths'>, longest: Readonly<Record<string, number>> = {}) =>
  (size: Size): number =>
    typeof size === 'number'
      ? size
      : size
          .split('*')
          .reduce(
            (all, term) =>
              all *
              (longest[term] ??
                lengths?.[term]?.longest ??
                (Number.isNaN(Number(term)) ? rows : Number(term))),
            1,
          );

export interface Rows {
  /** Of a training step. */
  batch: number;
  /** Of what is evaluated or cached at a time; no more than `batch` where it is not given. */
  evaluation?: number;
  /** How long the longest row is, by the name of the length, where the data are known. */
  lengths?: Record<string, number>;
}

export interface Demanding {
  program: Program;
  resolve(size: Size): number;
}

/**
 * The memory of a step at some number of rows, as the embedded executor runs it: instructions in their order, each with
 * the room that its kernel takes. Programs run one at a time, so the one that needs most counts.
 */
export function stepMemory(step: Step, rows: Rows): StepMemory {
  const { weights, optimizer } = stateMemory(step);
  const programs = demandingPrograms(step, rows);
  const working = Math.max(...programs.map(({ program, resolve }) => workingMemory(program, resolve)));
  return { weights, optimizer, working, total: weights + optimizer + working };
}

/** Weights, and what is kept beside them. */
export function stateMemory({ state }: Step): Pick<StepMemory, 'weights' | 'optimizer'> {
  const isKept = ({ name }: StateSpec) => /^(optimizer|random)\//.test(name);
  return {
    weights: stateBytes(state.filter((spec) => !isKept(spec))),
    optimizer: stateBytes(state.filter(isKept)),
  };
}

/** Those that may need most: what learns, and what is run on more rows than that where there are so many. */
export function demandingPrograms(
  { programs }: Step,
  { batch, evaluation = batch, lengths }: Rows,
): Demanding[] {
  const all = Object.entries(programs).flatMap(([name, program]): (Demanding & { learns: boolean })[] => {
    if (!program || name === 'serve') return [];
    const learns = /^(train|add)(:|$)/.test(name);
    return [{ program, learns, resolve: atRows(learns ? batch : evaluation, program, lengths) }];
  });
  const demanding = evaluation > batch ? all : all.filter(({ learns }) => learns);
  return demanding.length > 0 ? demanding : all;
}

/** Bytes at the fullest moment of a program, beside its state. */
export function workingMemory(program: Program, resolve: (size: Size) => number): number {
  const { instructions } = program;
  const shapes = instructions.map(({ shape }) => shape.map(resolve));
  const bytes = instructions.map(({ dtype }, id) => elements(shapes[id]!) * elementBytes[dtype]);
  // Of a value under another shape there is one copy.
  const owner = instructions.map((_, id) => id);
  for (const [id, instruction] of instructions.entries())
    if (isAlias(instruction, shapes[id]!, shapes)) owner[id] = owner[instruction.input]!;
  const isFixed = (id: number) => ['state', 'constant'].includes(instructions[id]!.op);

  const lastRead = new Map<number, number>();
  for (const [id, instruction] of instructions.entries())
    for (const read of [id, ...readOperands(instruction)]) lastRead.set(owner[read]!, id);
  const kept = [...Object.values(program.outputs), ...program.updates.flatMap(operands)];
  for (const id of kept) lastRead.delete(owner[id]!);
  const ends = new Map<number, number[]>();
  for (const [id, end] of lastRead) if (!isFixed(id)) ends.set(end, [...(ends.get(end) ?? []), id]);

  let live = 0;
  for (const [id, { op }] of instructions.entries())
    if (op === 'input' || op === 'constant') live += bytes[id]!;
  let most = live;
  for (const [id, instruction] of instructions.entries()) {
    if (instruction.op !== 'input' && !isFixed(id) && owner[id] === id) {
      most = Math.max(most, live + Math.max(bytes[id]!, roomOf(instruction, shapes, id)));
      live += bytes[id]!;
    }
    for (const end of ends.get(id) ?? []) live -= bytes[end]!;
  }
  return most;
}

type Reshaping = Extract<Instruction, { op: 'reshape' | 'broadcast_like' }>;

function isAlias(
  instruction: Instruction,
  shape: number[],
  shapes: number[][],
): instruction is Reshaping & Instruction {
  if (instruction.op === 'reshape') return true;
  return instruction.op === 'broadcast_like' && elements(shapes[instruction.input]!) === elements(shape);
}

/** How often a cell needs the room of its state in each step, forwards and backwards. */
const cellRoom: Record<CellName, [number, number]> = { lstm: [16, 9], gru: [12, 9], simple_rnn: [4, 3] };

/** What a kernel makes on the way, its result included: patches of convolutions, matrices turned around. */
function roomOf(instruction: Instruction, shapes: number[][], id: number): number {
  const own = elements(shapes[id]!) * FLOAT;
  const patches = (gradient: number, filter: readonly number[]) =>
    elements(shapes[gradient]!.slice(0, 3)) * elements(filter.slice(0, 3)) * FLOAT;
  if (instruction.op === 'conv2d_grad_filter') {
    return 2 * patches(instruction.gradient, instruction.filterShape);
  }
  if (instruction.op === 'matmul') {
    const { left, right, transposeLeft, transposeRight } = instruction;
    const turned = [...(transposeLeft ? [left] : []), ...(transposeRight ? [right] : [])];
    return turned.reduce((all, side) => all + elements(shapes[side]!) * FLOAT, own);
  }
  if (
    instruction.op === 'recurrence' ||
    instruction.op === 'recurrence_tape' ||
    instruction.op === 'recurrence_grad'
  ) {
    // The state and what a step makes of it; on the way back also the weights turned around.
    const [, batch = 0] = shapes[id]!;
    const [units = 0] = shapes[instruction.recurrent]!;
    const isBack = instruction.op === 'recurrence_grad';
    const step = cellRoom[instruction.cell][isBack ? 1 : 0] * batch * units;
    return own + (step + (isBack ? elements(shapes[instruction.recurrent]!) : 0)) * FLOAT;
  }
  if (instruction.op === 'conv2d_grad_input') {
    const { strides, filter, gradient } = instruction;
    const isDense = strides.every((stride) => stride === 1);
    return own + (isDense ? 2 * elements(shapes[filter]!) * FLOAT : patches(gradient, shapes[filter]!));
  }
  return own;
}
