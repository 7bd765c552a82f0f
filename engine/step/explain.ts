/** The compiled step as a document, for people and for programs that look into it. */
import type { Plan } from '../../language/plan/format';
import { compileStep } from './compile';
import { flopsOf, programFlops } from './cost/flops';
import { atRows, type StepMemory, stepMemory, workingMemory } from './cost/memory';
import type { Description } from './describe';
import { operands } from './operands';
import { phasesOf } from './phases';
import type { ElementType, Instruction, Program, Size, Update, VaryingLength } from './program';

export interface Explanation {
  model: Plan['model'];
  /** Rows of the batch that figures are for. */
  batch: number;
  phases: ExplainedPhase[];
}

/** Epochs in which the same step is taken. */
export interface ExplainedPhase extends Pick<Description, 'pruned' | 'cached' | 'parameters'> {
  /** From 1, both included. */
  epochs: [first: number, last: number];
  memory: StepMemory;
  programs: Record<string, ExplainedProgram>;
}

export interface ExplainedProgram {
  inputs: Record<string, { dtype: ElementType; shape: Size[] }>;
  /** Sizes, besides the rows, that differ from batch to batch; figures are for the longest. */
  lengths?: Record<string, VaryingLength>;
  /** In the order in which they are computed; operands are indices into this list. */
  instructions: ExplainedInstruction[];
  updates: { kind: Update['kind']; state: string; operands: number[] }[];
  outputs: Record<string, number>;
  flops: number;
  /** Bytes at the fullest moment, beside the state. */
  memory: number;
}

export interface ExplainedInstruction {
  op: Instruction['op'];
  dtype: ElementType;
  shape: Size[];
  operands: number[];
  /** What else says how it is computed: axes, windows, the name of a state, a constant. */
  settings: Record<string, unknown>;
  /** The node of the plan that it came from. */
  from?: string;
  flops: number;
}

/** Compiles every phase of a plan and tells what came of it. Throws `UnsupportedByEngine`. */
export function explain(plan: Plan): Explanation {
  const phases = phasesOf(plan);
  return {
    model: plan.model,
    batch: plan.train.batch,
    phases: phases.map((phase, index) => {
      const { step, description } = compileStep(plan, { phase: index });
      const { pruned, cached, parameters } = description;
      return {
        epochs: [phase.from + 1, phases[index + 1]?.from ?? plan.train.epochs],
        parameters,
        pruned,
        cached,
        memory: stepMemory(step, { batch: plan.train.batch }),
        programs: Object.fromEntries(
          Object.entries(step.programs).map(([name, program]: [string, Program]) => [
            name,
            explained(program, atRows(plan.train.batch, program)),
          ]),
        ),
      };
    }),
  };
}

function explained(program: Program, resolve: (size: Size) => number): ExplainedProgram {
  const shapes = program.instructions.map(({ shape }) => shape.map(resolve));
  return {
    inputs: program.inputs,
    ...(program.lengths ? { lengths: program.lengths } : {}),
    instructions: program.instructions.map((instruction, id): ExplainedInstruction => {
      const { op, dtype, shape, from } = instruction;
      return {
        op,
        dtype,
        shape,
        operands: operands(instruction),
        settings: settingsOf(instruction),
        ...(from === undefined ? {} : { from }),
        flops: flopsOf(instruction, shapes[id]!, (other) => shapes[other]!),
      };
    }),
    updates: program.updates.map((update) => ({
      kind: update.kind,
      state: update.state,
      operands: operands(update),
    })),
    outputs: program.outputs,
    flops: programFlops(program, resolve),
    memory: workingMemory(program, resolve),
  };
}

const SETTINGS = new Set([
  ...['name', 'axis', 'axes', 'keepDims', 'order', 'begin', 'size', 'pads', 'value', 'rows', 'depth'],
  ...['strides', 'dilations', 'window', 'transposeLeft', 'transposeRight', 'seed', 'stream'],
  ...['cell', 'reverse'],
]);

function settingsOf(instruction: Instruction): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(instruction).flatMap(([key, value]): [string, unknown][] => {
      if (!SETTINGS.has(key) || value === false) return [];
      return [[key, ArrayBuffer.isView(value) ? `${(value as Float32Array).length} numbers` : value]];
    }),
  );
}
