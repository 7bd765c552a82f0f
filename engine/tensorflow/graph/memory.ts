import {
  demandingPrograms,
  elementBytes,
  type Rows,
  type StepMemory,
  stateMemory,
} from '../../step/cost/memory';
import { operands } from '../../step/operands';
import type { Program, Size, Step } from '../../step/program';
import { elements } from '../../step/sizes';
import { fuse, type GraphInstruction, liveInstructions, operandsOf } from './fuse';

/** Measured with TensorFlow 2.21, bytes: what it takes to run a step at all, */
const BASE = 2_000_000;
/** and for each instruction, in the graph and in the plan that TensorFlow makes of it; */
const NODE = 22_000;
/** as many as a loop over steps stands for; */
const LOOP = 60;
/** and what its allocator leaves between tensors, as a share of them. */
const BETWEEN = 0.08;

/** Kernels that write over an operand of the size of their result, if nobody reads it after them. */
const inPlace = new Set<GraphInstruction['op']>([
  ...(['neg', 'exp', 'log', 'log1p', 'sqrt', 'rsqrt', 'reciprocal', 'tanh', 'sigmoid'] as const),
  ...(['relu', 'softplus', 'abs', 'square', 'sign', 'erf', 'sin', 'cos', 'floor'] as const),
  ...(['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'pow'] as const),
  ...(['softmax', 'log_softmax', 'bias_add', 'relu_grad', 'tanh_grad', 'sigmoid_grad'] as const),
]);

/**
 * What a loop over steps holds while it runs, as a share of its result: the rows one by one, and on the way back factors
 * of all steps.
 */
const between: { [Op in GraphInstruction['op']]?: number } = {
  recurrence: 1,
  recurrence_tape: 1,
  recurrence_grad: 3,
};

/** What is at hand before anything is computed. */
const given = new Set<GraphInstruction['op'] | undefined>(['state', 'constant', 'input']);

/** The memory of a step on native TensorFlow at some number of rows, its graph included. */
export function graphMemory(step: Step, rows: Rows): StepMemory {
  const { weights, optimizer } = stateMemory(step);
  const programs = Object.values(step.programs);
  const instructions = programs
    .flatMap((program) => program?.instructions ?? [])
    .reduce((all, { op }) => all + (op in between ? LOOP : 1), 0);
  const values = Math.max(
    ...demandingPrograms(step, rows).map(({ program, resolve }) => workingMemory(program, resolve)),
  );
  const working = Math.round(values * (1 + BETWEEN)) + BASE + NODE * instructions;
  return { weights, optimizer, working, total: weights + optimizer + working };
}

/** What TensorFlow runs: an instruction, or the update of a state, which is done as soon as nothing stands before it. */
interface Work {
  instruction?: GraphInstruction;
  reads: readonly number[];
  /** What must have been done before, beside what is read. */
  after: readonly number[];
}

function workOf(program: Program): Map<number, Work> {
  const fused = fuse(program);
  const live = liveInstructions(fused);
  const work = new Map<number, Work>();
  const readers = new Map<string, number[]>();
  for (const [id, instruction] of fused.instructions.entries()) {
    if (!live.has(id)) continue;
    const reads = operandsOf(instruction);
    work.set(id, { instruction, reads, after: [] });
    for (const read of reads) {
      const { op, ...of } = fused.instructions[read]!;
      if (op !== 'state') continue;
      const { name } = of as { name: string };
      readers.set(name, [...(readers.get(name) ?? []), id]);
    }
  }
  for (const [index, update] of program.updates.entries()) {
    const after = readers.get(update.state) ?? [];
    work.set(fused.instructions.length + index, { reads: operands(update), after });
  }
  return work;
}

/** Bytes at the fullest moment of a program, beside its state: TensorFlow runs whatever is ready, first come first served. */
function workingMemory(program: Program, resolve: (size: Size) => number): number {
  const work = workOf(program);
  const bytes = program.instructions.map(
    ({ dtype, shape }) => elements(shape.map(resolve)) * elementBytes[dtype],
  );
  const room = new Room(program, work);
  for (const [id, { instruction }] of work)
    if (instruction?.op === 'input' || instruction?.op === 'constant') room.held += bytes[id]!;

  const followers = new Map<number, number[]>();
  const waiting = new Map<number, number>();
  for (const [id, { reads, after }] of work) {
    const needed = [...reads, ...after];
    waiting.set(id, needed.length);
    for (const need of needed) followers.set(need, [...(followers.get(need) ?? []), id]);
  }
  const ready = [...work.keys()].filter((id) => waiting.get(id) === 0);
  // Grows while it is read.
  for (const id of ready) {
    const { instruction, reads } = work.get(id)!;
    if (instruction && !given.has(instruction.op)) {
      room.make(id, bytes[id]!, instruction, reads);
      room.pass(bytes[id]! * (between[instruction.op] ?? 0));
    }
    room.read(reads);
    for (const follower of followers.get(id) ?? []) {
      const left = waiting.get(follower)! - 1;
      waiting.set(follower, left);
      if (left === 0) ready.push(follower);
    }
  }
  return room.most;
}

/** The tensors that are alive, each until the last of its readers is done. */
class Room {
  #held = 0;
  most = 0;
  readonly #sizes = new Map<number, number>();
  readonly #readers = new Map<number, number>();
  /** Of a value under another shape there is one copy. */
  readonly #owner: number[];

  constructor({ instructions, outputs }: Program, work: ReadonlyMap<number, Work>) {
    this.#owner = instructions.map((_, id) => id);
    for (const [id, instruction] of instructions.entries())
      if (instruction.op === 'reshape') this.#owner[id] = this.#owner[instruction.input]!;
    const read = [...work.values()].flatMap(({ reads }) => reads);
    for (const id of [...read, ...Object.values(outputs)]) this.#count(id, 1);
  }

  get held(): number {
    return this.#held;
  }

  set held(bytes: number) {
    this.#held = bytes;
    this.most = Math.max(this.most, bytes);
  }

  /** What is there only while something is made. */
  pass(bytes: number): void {
    this.most = Math.max(this.most, this.#held + bytes);
  }

  make(id: number, bytes: number, { op }: GraphInstruction, reads: readonly number[]): void {
    if (this.#owner[id] !== id) return;
    const over = inPlace.has(op) ? reads.map((read) => this.#owner[read]!) : [];
    const taken = over.find((read) => this.#sizes.get(read) === bytes && this.#readers.get(read) === 1);
    if (taken === undefined) this.held += bytes;
    else this.#sizes.delete(taken);
    this.#sizes.set(id, bytes);
  }

  read(reads: readonly number[]): void {
    for (const read of reads) this.#count(read, -1);
  }

  #count(id: number, by: 1 | -1): void {
    const owner = this.#owner[id]!;
    const readers = (this.#readers.get(owner) ?? 0) + by;
    this.#readers.set(owner, readers);
    const bytes = this.#sizes.get(owner);
    if (readers > 0 || bytes === undefined) return;
    this.held -= bytes;
    this.#sizes.delete(owner);
  }
}
