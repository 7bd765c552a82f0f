import { ExecutionError } from '../../step/errors';
import type { Program, ProgramName } from '../../step/program';
import { showShape } from '../../step/sizes';

/** TensorFlow names the failing node as {{node train/12_gather}}; the number is the instruction's. */
const failingNode = /\{\{node ([\w/.]+?)\}\}/;
const instructionOf = /^\w+\/(\d+)_/;

/** What TensorFlow said, as one sentence that names the instruction and where it came from. */
export function describeFailure(error: unknown, name: ProgramName, program: Program): ExecutionError {
  if (error instanceof ExecutionError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const reason = text
    .replace(/^Session fail to run with error: /, '')
    .split('\n')[0]!
    .replace(/\s*\[?\[?\{\{.*$/, '')
    .trim();
  const node = failingNode.exec(text)?.[1];
  const id = node === undefined ? undefined : instructionOf.exec(node)?.[1];
  const instruction = id === undefined ? undefined : program.instructions[Number(id)];
  if (!instruction)
    return new ExecutionError(`The program '${name}' failed: ${reason}`, undefined, undefined, {
      cause: error,
    });
  const place = instruction.from ? ` (node '${instruction.from}')` : '';
  const what = `${instruction.op} -> ${instruction.dtype}${showShape(instruction.shape)}`;
  return new ExecutionError(
    `The program '${name}' failed at instruction ${id}, ${what}${place}: ${reason}`,
    Number(id),
    instruction.from,
    { cause: error },
  );
}
