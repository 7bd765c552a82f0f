import { operands, readOperands } from '../operands';
import type {
  ElementType,
  ExecutorDescription,
  Instruction,
  Program,
  Size,
  StateSpec,
  Step,
} from '../program';

const FLOAT = 4;
const elementBytes: Record<ElementType, number> = { float32: 4, int32: 4, bool: 1 };

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

const elements = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1);
const stateBytes = (state: readonly StateSpec[]): number =>
  state.reduce((all, { dtype, shape }) => all + elements(shape) * elementBytes[dtype], 0);

/** Every open size is a number of rows: nothing else is open in a plan. */
export const atRows =
  (rows: number) =>
  (size: Size): number =>
    typeof size === 'number'
      ? size
      : size.split('*').reduce((all, term) => all * (Number.isNaN(Number(term)) ? rows : Number(term)), 1);

/** Of native TensorFlow, as measured: bytes for each node of its graph. */
const NODE = 15_000;

/**
 * The memory of a step at some number of rows. Programs run one at a time, so the one that needs most counts. The
 * embedded executor runs instructions in their order, each with the room that its kernel takes; native TensorFlow runs
 * whatever is ready, and holds its graph, too.
 */
export function stepMemory(
  step: Step,
  resolve: (size: Size) => number,
  executor: Executing = 'eager',
): StepMemory {
  const isKept = ({ name }: StateSpec) => /^(optimizer|random)\//.test(name);
  const weights = stateBytes(step.state.filter((spec) => !isKept(spec)));
  const optimizer = stateBytes(step.state.filter(isKept));
  const learning = Object.entries(step.programs).filter(([name]) => /^(train|add)(:|$)/.test(name));
  const programs = learning.length > 0 ? learning.map(([, program]) => program) : [step.programs.evaluate];
  const working = Math.max(...programs.map((program) => workingMemory(program, resolve, executor)));
  return { weights, optimizer, working, total: weights + optimizer + working };
}

type Executing = ExecutorDescription['executor'];

/** Bytes at the fullest moment of a program, beside its state. */
export function workingMemory(
  program: Program,
  resolve: (size: Size) => number,
  executor: Executing = 'eager',
): number {
  const { instructions } = program;
  const shapes = instructions.map(({ shape }) => shape.map(resolve));
  const bytes = instructions.map(({ dtype }, id) => elements(shapes[id]!) * elementBytes[dtype]);
  // Of a value under another shape there is one copy.
  const owner = instructions.map((_, id) => id);
  for (const [id, instruction] of instructions.entries())
    if (isAlias(instruction, shapes[id]!, shapes)) owner[id] = owner[instruction.input]!;
  const isFixed = (id: number) => ['state', 'constant'].includes(instructions[id]!.op);

  const order = executor === 'eager' ? instructions.map((_, id) => id) : readyOrder(instructions);
  const lastRead = new Map<number, number>();
  for (const id of order)
    for (const read of [id, ...readOperands(instructions[id]!)]) lastRead.set(owner[read]!, id);
  const kept = [...Object.values(program.outputs), ...program.updates.flatMap(operands)];
  for (const id of kept) lastRead.delete(owner[id]!);
  const ends = new Map<number, number[]>();
  for (const [id, end] of lastRead) if (!isFixed(id)) ends.set(end, [...(ends.get(end) ?? []), id]);

  let live = 0;
  for (const [id, { op }] of instructions.entries())
    if (op === 'input' || op === 'constant') live += bytes[id]!;
  let most = live;
  for (const id of order) {
    const instruction = instructions[id]!;
    if (instruction.op !== 'input' && !isFixed(id) && owner[id] === id) {
      most = Math.max(most, live + Math.max(bytes[id]!, roomOf(instruction, shapes, id, executor)));
      live += bytes[id]!;
    }
    for (const end of ends.get(id) ?? []) live -= bytes[end]!;
  }
  return executor === 'eager' ? most : most + NODE * instructions.length;
}

/** First what has nothing to wait for, then whatever becomes ready, first come first served. */
function readyOrder(instructions: readonly Instruction[]): number[] {
  const readers = instructions.map((): number[] => []);
  const waiting = instructions.map((instruction, id) => {
    const needed = operands(instruction);
    for (const operand of needed) readers[operand]!.push(id);
    return needed.length;
  });
  const order = instructions.flatMap((_, id) => (waiting[id] === 0 ? [id] : []));
  // Grows while it is read.
  for (const id of order) {
    for (const reader of readers[id]!) {
      waiting[reader]! -= 1;
      if (waiting[reader] === 0) order.push(reader);
    }
  }
  return order;
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

/** What a kernel makes on the way, its result included: patches of convolutions, matrices turned around. */
function roomOf(instruction: Instruction, shapes: number[][], id: number, executor: Executing): number {
  const own = elements(shapes[id]!) * FLOAT;
  // oneDNN, which native TensorFlow convolves with, lays out no patches.
  if (executor !== 'eager') return own;
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
  if (instruction.op === 'conv2d_grad_input') {
    const { strides, filter, gradient } = instruction;
    const isDense = strides.every((stride) => stride === 1);
    return own + (isDense ? 2 * elements(shapes[filter]!) * FLOAT : patches(gradient, shapes[filter]!));
  }
  return own;
}
