import { operands } from '../../step/operands';
import type { Instruction, Program, Step, TensorId, Update } from '../../step/program';

/**
 * Rows of so many numbers, 2 KiB, or a multiple of it, begin in the same few places of a processor's first cache. Where
 * the right side of a product has such rows, oneDNN's kernels for few rows on the left take up to 1.8 times as long as
 * on the same matrix turned; measured with AVX2, 32 to 128 rows on the left.
 */
const badRow = 512;

/** A step whose variables are laid out for products, and which of them are turned: held as [columns, rows]. */
export interface TurnedStep {
  step: Step;
  turned: ReadonlySet<string>;
}

/**
 * Turns matrices that are only ever the right side of products, as those of a first layer are, with what the optimizer
 * keeps beside them. Those that gradients pass through stay: what one product gains the other would lose.
 */
export function turnWeights(step: Step): TurnedStep {
  const programs = Object.values(step.programs) as Program[];
  const weights = step.state.filter(
    ({ name, dtype, shape }) =>
      dtype === 'float32' &&
      shape.length === 2 &&
      shape[1]! % badRow === 0 &&
      programs.some(({ instructions }) =>
        instructions.some((each) => each.op === 'state' && each.name === name),
      ) &&
      programs.every((program) => multipliesOnly(program, name)),
  );
  const names = new Set(weights.map(({ name }) => name));
  if (names.size === 0) return { step, turned: names };
  const kept = programs.flatMap(({ updates }) =>
    updates.filter(({ state }) => names.has(state)).flatMap(slotsOf),
  );
  const turned = new Set([...names, ...kept]);
  const state = step.state.map((spec) =>
    turned.has(spec.name) ? { ...spec, shape: [...spec.shape].reverse() } : spec,
  );
  const entries = Object.entries(step.programs) as [string, Program][];
  const rewritten = entries.map(([name, program]) => [name, turnProgram(program, names)] as const);
  return { step: { state, programs: Object.fromEntries(rewritten) as Step['programs'] }, turned };
}

/** What an optimizer keeps beside a weight. */
function slotsOf(update: Update): string[] {
  if (update.kind === 'adam') return [update.m, update.v];
  return update.kind === 'sgd' && update.velocity !== undefined ? [update.velocity] : [];
}

/** Whether a program does nothing with a state but multiply by it, as it stands, and let an optimizer move it. */
function multipliesOnly({ instructions, outputs, updates }: Program, name: string): boolean {
  const isState = (id: TensorId) => {
    const read = instructions[id]!;
    return read.op === 'state' && read.name === name;
  };
  const multiplies = (instruction: Instruction) =>
    instruction.op === 'matmul' &&
    isState(instruction.right) &&
    !isState(instruction.left) &&
    !instruction.transposeRight;
  return (
    instructions.every((each) => !operands(each).some(isState) || multiplies(each)) &&
    !Object.values(outputs).some(isState) &&
    updates.every((each) => !operands(each).some(isState) && !(each.kind === 'assign' && each.state === name))
  );
}

function turnProgram(program: Program, names: ReadonlySet<string>): Program {
  const { outputs, updates } = program;
  const isTurned = (id: TensorId) => {
    const read = program.instructions[id]!;
    return read.op === 'state' && names.has(read.name);
  };
  const instructions = program.instructions.map((each, id): Instruction => {
    if (isTurned(id)) return { ...each, shape: [...each.shape].reverse() };
    return each.op === 'matmul' && isTurned(each.right) ? { ...each, transposeRight: true } : each;
  });
  const uses = new Map<TensorId, number>();
  for (const id of [...Object.values(outputs), ...[...instructions, ...updates].flatMap(operands)]) {
    uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  /** A gradient [rows, columns] as [columns, rows]: (A B)ᵀ = Bᵀ Aᵀ where it is a product that nobody else needs. */
  const turnedGradient = (id: TensorId): TensorId => {
    const gradient = instructions[id]!;
    const shape = [...gradient.shape].reverse();
    if (gradient.op === 'matmul' && uses.get(id) === 1) {
      const { left, right, transposeLeft, transposeRight } = gradient;
      instructions[id] = {
        ...gradient,
        left: right,
        right: left,
        transposeLeft: !transposeRight,
        transposeRight: !transposeLeft,
        shape,
      };
      return id;
    }
    return instructions.push({ op: 'transpose', input: id, order: [1, 0], dtype: 'float32', shape }) - 1;
  };
  return {
    ...program,
    updates: updates.map((each) =>
      each.kind !== 'assign' && names.has(each.state)
        ? { ...each, gradient: turnedGradient(each.gradient) }
        : each,
    ),
    instructions,
  };
}
