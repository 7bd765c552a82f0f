import { operands } from '../../../step/operands';
import type { Program, TensorId } from '../../../step/program';

/** The instructions that outputs or updates need. */
export function liveInstructions(program: Program): Set<TensorId> {
  const live = new Set<TensorId>([...Object.values(program.outputs), ...program.updates.flatMap(operands)]);
  for (let id = program.instructions.length - 1; id >= 0; id--) {
    if (live.has(id)) for (const operand of operands(program.instructions[id]!)) live.add(operand);
  }
  return live;
}
