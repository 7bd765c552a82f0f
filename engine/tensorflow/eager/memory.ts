import {
  demandingPrograms,
  elementBytes,
  type Rows,
  type StepMemory,
  stepMemory,
} from '../../step/cost/memory';
import type { Program, Step } from '../../step/program';
import { elements } from '../../step/sizes';

/** Measured, bytes: what JavaScript keeps to run a step at all, */
const BASE = 3_000_000;
/** and for each instruction; */
const INSTRUCTION = 3_000;
/** and what the allocator inside WebAssembly leaves between tensors, as a share of them. */
const BETWEEN = 0.12;
/** More of it where there are tapes of recurrences, which fit into no place that others leave. */
const BESIDE_TAPES = 0.2;

/** The memory of a step on the embedded executor at some number of rows: tensors, and what it takes to work with them. */
export function eagerMemory(step: Step, rows: Rows): StepMemory {
  const { weights, optimizer, working } = stepMemory(step, rows);
  const programs = demandingPrograms(step, rows).map(({ program }) => program);
  const instructions = Math.max(...programs.map((program) => program.instructions.length));
  const packed = Math.max(...programs.map(packedWeights));
  const around = BASE + INSTRUCTION * instructions + packed;
  const hasTapes = programs.some((program) =>
    program.instructions.some(({ op }) => op === 'recurrence_tape'),
  );
  const all = Math.round(working * (1 + BETWEEN + (hasTapes ? BESIDE_TAPES : 0))) + around;
  return { weights, optimizer, working: all, total: weights + optimizer + all };
}

/** XNNPACK keeps a second copy of matrices and filters that it multiplies with, in the order that it reads them in. */
function packedWeights({ instructions }: Program): number {
  const packed = new Map<string, number>();
  for (const instruction of instructions) {
    const id =
      instruction.op === 'matmul' && !instruction.transposeRight
        ? instruction.right
        : instruction.op === 'conv2d'
          ? instruction.filter
          : 'recurrent' in instruction
            ? instruction.recurrent
            : undefined;
    const read = id === undefined ? undefined : instructions[id];
    if (read?.op === 'state')
      packed.set(read.name, elements(read.shape as number[]) * elementBytes[read.dtype]);
  }
  return [...packed.values()].reduce((all, bytes) => all + bytes, 0);
}
