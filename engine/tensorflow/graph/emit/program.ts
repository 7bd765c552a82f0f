import type { Program } from '../../../step/program';
import { fuse, type GraphInstruction, type GraphProgram, liveInstructions, operandsOf } from '../fuse';
import { fullName, type GraphBuilder, type Output } from '../graph-builder';
import * as attr from '../protobuf/attributes';
import type { Signature, SignatureTensor } from '../protobuf/saved-model';
import { EmitContext } from './context';
import { emitters } from './table';
import { emitUpdate } from './updates';

/** Variables of the graph, by name of state. */
export type Variables = ReadonlyMap<string, Output>;

/**
 * Writes one program into the graph. Every read of a step happens before its updates; every output waits for them,
 * so fetching any output runs the whole step.
 */
export function emitProgram(
  graph: GraphBuilder,
  scope: string,
  source: Program,
  variables: Variables,
): Signature {
  const program = fuse(source);
  const inputs: Record<string, SignatureTensor> = {};
  const placeholders: Record<string, Output> = {};
  for (const [name, { dtype, shape }] of Object.entries(program.inputs)) {
    const sizes = attr.staticSizes(shape);
    const node = graph.node('Placeholder', `${scope}/input/${name}`, [], {
      dtype: attr.type(dtype),
      shape: attr.shape(sizes),
    });
    placeholders[name] = node;
    inputs[name] = { tensor: fullName(node), dtype, shape: sizes };
  }

  const to = new EmitContext(graph, scope, program, placeholders, variables);
  const live = liveInstructions(program);
  program.instructions.forEach((instruction, id) => {
    if (!live.has(id)) return;
    to.begin(id);
    const emit = emitters[instruction.op] as (instruction: GraphInstruction, to: EmitContext) => Output;
    to.outputs[id] = emit(instruction, to);
  });

  const readers = stateReaders(program, to, live);
  const updates = program.updates.map((update) => emitUpdate(update, to, readers));
  const after = updates.length > 0 ? [graph.node('NoOp', `${scope}/updates`, [], {}, updates)] : [];
  const outputs: Record<string, SignatureTensor> = {};
  if (Object.keys(program.outputs).length === 0) {
    // Something has to be fetched for the updates to happen.
    const done = graph.constant(`${scope}/done`, 'int32', [], Int32Array.of(1), after);
    outputs.done = { tensor: fullName(done), dtype: 'int32', shape: [] };
  }
  for (const [name, id] of Object.entries(program.outputs)) {
    const { dtype, shape } = to.spec(id);
    const node = graph.node(
      'Identity',
      `${scope}/output/${name}`,
      [to.output(id)],
      { T: attr.type(dtype) },
      after,
    );
    outputs[name] = { tensor: fullName(node), dtype, shape: attr.staticSizes(shape) };
  }
  return { inputs, outputs };
}

/** Per state, the nodes that read it and those that use what was read. */
function stateReaders(
  program: GraphProgram,
  to: EmitContext,
  live: ReadonlySet<number>,
): Map<string, Output[]> {
  const readers = new Map<string, Output[]>();
  for (const id of live) {
    const instruction = program.instructions[id]!;
    if (instruction.op === 'state') add(instruction.name, to.output(id));
    for (const operand of operandsOf(instruction)) {
      const read = program.instructions[operand]!;
      if (read.op === 'state') add(read.name, to.output(id));
    }
  }
  return readers;

  function add(state: string, output: Output): void {
    const known = readers.get(state);
    if (known) known.push(output);
    else readers.set(state, [output]);
  }
}
