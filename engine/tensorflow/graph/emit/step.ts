import type { Program, ProgramName, StateSpec, Step } from '../../../step/program';
import { fullName, GraphBuilder, type Output } from '../graph-builder';
import * as attr from '../protobuf/attributes';
import { type Signature, type SignatureTensor, savedModel } from '../protobuf/saved-model';
import { turnWeights } from '../turn';
import { emitProgram } from './program';

/** What each program is called in the SavedModel; `serving_default` is the name that servers look for. */
const signatureNames: Record<string, string> = {
  train: 'train_step',
  add: 'add_step',
  evaluate: 'eval_step',
  serve: 'serving_default',
  frozen: 'frozen_step',
};

/** Programs of further datasets are named after these too. */
export function signatureName(program: ProgramName): string {
  const [stage, data] = program.split(':') as [string, string | undefined];
  return data === undefined ? signatureNames[stage]! : `${signatureNames[stage]}_${data}`;
}

/** A whole step in one graph, and where to feed and fetch it. */
export interface StepGraph {
  /** The content of `saved_model.pb`. */
  bytes: Uint8Array;
  programs: ReadonlyMap<ProgramName, Signature>;
  /** Outputs are the values of the state, by name. */
  read: Signature;
  /** Inputs are new values of the state, outputs the proof that they were taken, both by name. */
  write: Signature;
}

/** All programs of a step in one graph, sharing its state as variables. */
export function emitStep(given: Step): StepGraph {
  const graph = new GraphBuilder();
  const { step, turned } = turnWeights(given);
  const variables = new Map(step.state.map((state) => [state.name, variable(graph, state)]));
  const read: Signature = { inputs: {}, outputs: {} };
  const write: Signature = { inputs: {}, outputs: {} };
  for (const state of given.state) {
    const handle = variables.get(state.name)!;
    const isTurned = turned.has(state.name);
    read.outputs[state.name] = emitRead(graph, state, handle, isTurned);
    const { input, output } = emitWrite(graph, state, handle, isTurned);
    write.inputs[state.name] = input;
    write.outputs[state.name] = output;
  }

  const programs = new Map<ProgramName, Signature>();
  for (const [name, program] of Object.entries(step.programs) as [ProgramName, Program][]) {
    programs.set(name, emitProgram(graph, name.replace(':', '_'), program, variables));
  }
  const signatures = Object.fromEntries(
    Array.from(programs, ([name, signature]) => [signatureName(name), signature]),
  );
  const bytes = savedModel(graph.nodes, { ...signatures, read_state: read, write_state: write });
  return { bytes, programs, read, write };
}

function variable(graph: GraphBuilder, { name, dtype, shape }: StateSpec): Output {
  return graph.node('VarHandleOp', `state/${name}`, [], {
    dtype: attr.type(dtype),
    shape: attr.shape(shape),
    shared_name: attr.string(name),
    container: attr.string(''),
  });
}

/** A matrix the other way round. */
function turn(graph: GraphBuilder, name: string, matrix: Output): Output {
  const attributes = { T: attr.type('float32'), Tperm: attr.type('int32') };
  return graph.node('Transpose', name, [matrix, graph.vector([1, 0])], attributes);
}

function emitRead(
  graph: GraphBuilder,
  { name, dtype, shape }: StateSpec,
  handle: Output,
  isTurned: boolean,
): SignatureTensor {
  const held = graph.node('ReadVariableOp', `state/${name}/read`, [handle], { dtype: attr.type(dtype) });
  const value = isTurned ? turn(graph, `state/${name}/turned`, held) : held;
  return { tensor: fullName(value), dtype, shape };
}

function emitWrite(
  graph: GraphBuilder,
  { name, dtype, shape }: StateSpec,
  handle: Output,
  isTurned: boolean,
) {
  const value = graph.node('Placeholder', `state/${name}/new`, [], {
    dtype: attr.type(dtype),
    shape: attr.shape(shape),
  });
  const held = isTurned ? turn(graph, `state/${name}/new/turned`, value) : value;
  const assign = graph.node('AssignVariableOp', `state/${name}/write`, [handle, held], {
    dtype: attr.type(dtype),
  });
  const done = graph.constant(`state/${name}/written`, 'int32', [], Int32Array.of(1), [assign]);
  return {
    input: { tensor: fullName(value), dtype, shape },
    output: { tensor: fullName(done), dtype: 'int32' as const, shape: [] },
  };
}
