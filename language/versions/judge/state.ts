/**
 * What a brick's weights are called and how large they are, for every value of its params: read off its graph, bricks
 * inside it included. This is what a file of weights must hold to be loaded.
 */
import { type InferredGraph, inferGraph } from '../../inference/graph';
import { type ModuleInference, moduleScope } from '../../inference/module';
import { evaluate, type Params, symbolicParams } from '../../inference/values';
import type { ModuleDeclaration } from '../../names/declarations';
import type { Analysis } from '../../rules/rule';
import type { Range } from '../../syntax/tree';
import { Dim } from '../../types/dim';
import type { TensorType } from '../../types/type';
import type { Side } from './pair';
import { namesOf } from './trial';
import type { Tensor } from './version';

export interface StateEntry {
  /** As in the file of weights: `windows.kernel`; for copies of a layer `layers.each/attention.kernel`. */
  key: string;
  /** The nodes on the way to it: `layers.each/attention`. */
  path: string;
  /** The size of each axis; in front of them how many copies of it there are, where layers are repeated. */
  dims: readonly Dim[];
  trainable: boolean;
  /** Of the brick's own node. */
  range: Range;
}

export type State = ReadonlyMap<string, StateEntry>;

const deepest = 32;

/** Undefined where some node is not understood, or the brick is code. */
export function stateOf({ analysed: { analysis, inference } }: Side): State | undefined {
  return stateOfModule(analysis, inference);
}

/** As `stateOf`, of a brick that is already analysed. */
export function stateOfModule(analysis: Analysis, inference: ModuleInference): State | undefined {
  const { module } = inference;
  if (module.code) return undefined;
  const found = new Map<string, StateEntry>();
  const isWhole = collect(analysis, inference.graph, symbolicParams(module), {
    prefix: '',
    copies: [],
    range: undefined,
    rigid: Object.values(namesOf(module)).flat(),
    depth: 0,
    found,
  });
  return isWhole ? found : undefined;
}

/** As a file of weights has it. */
export function stateIn(tensors: ReadonlyMap<string, Tensor>, { module }: Side): State {
  return new Map(
    [...tensors].map(([key, { shape }]) => {
      const path = key.slice(0, key.lastIndexOf('.'));
      const range = module.graph.get(path.split('/')[0]!)?.key ?? module.root.range;
      return [key, { key, path, dims: shape.map((size) => Dim.of(size)), trainable: true, range }];
    }),
  );
}

interface Within {
  prefix: string;
  copies: readonly Dim[];
  range: Range | undefined;
  rigid: string[];
  depth: number;
  found: Map<string, StateEntry>;
}

function collect(analysis: Analysis, graph: InferredGraph, params: Params, within: Within): boolean {
  const { solver } = graph;
  for (const inferred of graph.steps.values()) {
    const { step, target } = inferred;
    const range = within.range ?? step.key;
    const times = step.repeat && evaluate(step.repeat, 'int', params).value;
    if (step.repeat && !(times instanceof Dim)) return false;
    const path = `${within.prefix}${step.name}${step.repeat ? '.each' : ''}`;
    const copies = times instanceof Dim ? [...within.copies, times] : within.copies;
    if (target.kind === 'op') {
      if (inferred.outputs.size === 0 || [...inferred.outputs.values()].includes(undefined)) return false;
      for (const { role, dims, trainable } of inferred.weights) {
        const key = `${path}.${role}`;
        const sizes = [...copies, ...dims].map((dim) => solver.resolve(dim));
        within.found.set(key, { key, path, dims: sizes, trainable, range });
      }
    } else if (target.kind === 'module') {
      if (target.module.code || within.depth > deepest) return false;
      const inner = { ...within, prefix: `${path}/`, copies, range, depth: within.depth + 1 };
      const values: Params = new Map(
        [...inferred.values].map(([name, value]) => [
          name,
          value instanceof Dim ? solver.resolve(value) : value,
        ]),
      );
      const types = new Map<string, TensorType | undefined>();
      for (const { input, target: from } of inferred.wires)
        if (input !== undefined && from.status === 'found')
          types.set(input, from.type && solver.resolveType(from.type));
      if (!collect(analysis, opened(analysis, target.module, values, types, within.rigid), values, inner))
        return false;
    } else return false;
  }
  return true;
}

function opened(
  analysis: Analysis,
  module: ModuleDeclaration,
  values: Params,
  types: Map<string, TensorType | undefined>,
  rigid: string[],
): InferredGraph {
  const scope = moduleScope(module, values, types, (reference) =>
    analysis.catalogue.find('module', reference),
  );
  return inferGraph({ ...scope, rigid });
}
