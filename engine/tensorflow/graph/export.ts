import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../make-folder';
import type { HostTensor, Program, Step } from '../../step/program';
import { emitProgram } from './emit/program';
import { signatureName } from './emit/step';
import { GraphBuilder } from './graph-builder';
import { largestMessage, savedModel } from './protobuf/saved-model';

/**
 * Writes the serve program as a SavedModel that TensorFlow Serving, TFX and every TensorFlow can load: the signature
 * `serving_default`, the weights inside as constants. Inputs and outputs go by their names in the program. Needs no
 * TensorFlow here. Throws where the weights do not fit into one file of 2 GiB, the limit of the format.
 */
export function exportSavedModel(step: Step, state: ReadonlyMap<string, HostTensor>, folder: string): void {
  const graph = new GraphBuilder();
  const signature = emitProgram(graph, 'serve', withConstants(step.programs.serve, state), new Map());
  const bytes = savedModel(graph.nodes, { [signatureName('serve')]: signature });
  makeFolder(folder);
  const file = join(folder, 'saved_model.pb');
  writeFileSync(`${file}.part`, bytes);
  renameSync(`${file}.part`, file);
}

/** The program with its state filled in. */
function withConstants(program: Program, state: ReadonlyMap<string, HostTensor>): Program {
  let bytes = 0;
  const instructions = program.instructions.map((instruction) => {
    if (instruction.op !== 'state') return instruction;
    const { name, ...rest } = instruction;
    const value = state.get(name);
    if (!value) throw new Error(`The state '${name}' has no value to export.`);
    if (value.data instanceof Uint8Array)
      throw new Error(`The state '${name}' is ${value.dtype}; only numbers can be exported.`);
    bytes += value.data.byteLength;
    if (bytes > largestMessage) {
      throw new Error(
        'The weights are larger than 2 GiB, which a SavedModel with weights inside cannot hold.',
      );
    }
    return { ...rest, op: 'constant' as const, value: value.data };
  });
  return { ...program, instructions };
}
