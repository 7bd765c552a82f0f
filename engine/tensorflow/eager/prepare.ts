import { operands, readOperands } from '../../step/operands';
import type { Instruction, Program } from '../../step/program';
import { evaluateSize } from '../../step/sizes';
import type { Heap } from './heap';
import type { Preparation, Run } from './kernels/kernel';
import { kernels } from './kernels/kernels';

/** One instruction, ready to run: all sizes known, and which tensors nobody reads after it. */
export interface PreparedStep {
  id: number;
  run: Run;
  /** Ids of tensors to release afterwards. */
  release: number[];
}

/** A program for one set of sizes. */
export interface PreparedProgram {
  /** What outputs and updates read is still alive after the last one. */
  steps: PreparedStep[];
}

/** What is at hand without computing: it outlives the program's run. */
const given = new Set<Instruction['op']>(['state', 'constant']);

/**
 * Works out everything that does not depend on data: concrete shapes, the kernel of each instruction and the last
 * reader of each tensor.
 */
export function prepare(heap: Heap, program: Program, sizes: ReadonlyMap<string, number>): PreparedProgram {
  const { instructions } = program;
  const shapes = instructions.map(({ shape }) => shape.map((size) => evaluateSize(size, sizes)));
  const last = new Map<number, number>();
  for (const [id, instruction] of instructions.entries()) {
    for (const operand of readOperands(instruction)) last.set(operand, id);
  }
  const kept = new Set([...Object.values(program.outputs), ...program.updates.flatMap(operands)]);
  const releases = new Map<number, number[]>();
  for (const [id, instruction] of instructions.entries()) {
    if (given.has(instruction.op) || kept.has(id)) continue;
    const reader = last.get(id) ?? id;
    releases.set(reader, [...(releases.get(reader) ?? []), id]);
  }
  const steps: PreparedStep[] = [];
  for (const [id, instruction] of instructions.entries()) {
    if (given.has(instruction.op) || instruction.op === 'input') continue;
    steps.push({ id, run: runOf(heap, program, shapes, id), release: releases.get(id) ?? [] });
  }
  return { steps };
}

function runOf(heap: Heap, program: Program, shapes: number[][], id: number): Run {
  const instruction = program.instructions[id]!;
  if (instruction.op === 'input' || instruction.op === 'state' || instruction.op === 'constant') {
    throw new Error(`${instruction.op} is not computed`);
  }
  const kernel = kernels[instruction.op] as (at: Preparation<Instruction>) => Run;
  return kernel({
    heap,
    instruction,
    shape: shapes[id]!,
    shapeOf: (other) => shapes[other]!,
    dtypeOf: (other) => program.instructions[other]!.dtype,
  });
}
