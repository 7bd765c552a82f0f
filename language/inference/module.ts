import type { Lookup } from '../names/catalogue';
import type { ModuleDeclaration, Port } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import type { TensorType } from '../types/type';
import { type GraphScope, type InferredGraph, type InferredStep, inferGraph, type Outer } from './graph';
import { type Params, symbolicParams } from './values';

export interface ModuleInference {
  kind: 'module';
  module: ModuleDeclaration;
  scope: GraphScope;
  graph: InferredGraph;
  /** Outputs that no node makes. */
  unmade: Port[];
}

/**
 * Types a brick's graph for every size at once: its symbols and integer parameters may not be given a value, so
 * whatever is proved holds for each use of the brick.
 */
export function inferModule(
  module: ModuleDeclaration,
  lookup: (reference: BrickReference) => Lookup<'module'>,
): ModuleInference {
  const scope = moduleScope(module, symbolicParams(module), inputTypes(module), lookup);
  const graph = inferGraph({ ...scope, rigid: rigidSymbols(module) });
  const unmade: Port[] = [];
  for (const output of module.outputs.values()) {
    const step = graph.steps.get(output.name);
    if (step) fitOutput(output, step, module, graph);
    else if (!module.code) unmade.push(output);
  }
  return { kind: 'module', module, scope, graph, unmade };
}

export function moduleScope(
  module: ModuleDeclaration,
  params: Params,
  inputs: Map<string, TensorType | undefined>,
  lookup: (reference: BrickReference) => Lookup<'module'>,
): GraphScope {
  const outer = new Map([...inputs].map(([name, type]): [string, Outer] => [name, { kind: 'input', type }]));
  return { file: module.file, outer, steps: module.graph, params, module: lookup, rigid: [] };
}

function inputTypes(module: ModuleDeclaration): Map<string, TensorType | undefined> {
  return new Map([...module.inputs].map(([name, port]) => [name, port.parsed.type]));
}

function rigidSymbols(module: ModuleDeclaration): string[] {
  const names = [...module.params.values()]
    .filter((param) => param.type === 'int')
    .map((param) => param.name);
  for (const { parsed } of module.inputs.values()) {
    if (parsed.type?.lead !== undefined) names.push(parsed.type.lead);
    for (const dim of parsed.type?.dims ?? []) names.push(...dim.symbols());
  }
  return names;
}

/** The one output of the step that makes a brick's output. */
export function madeBy(step: InferredStep, output: string): TensorType | undefined {
  return step.outputs.size === 1 ? [...step.outputs.values()][0] : step.outputs.get(output);
}

function fitOutput(output: Port, step: InferredStep, module: ModuleDeclaration, graph: InferredGraph): void {
  const from = madeBy(step, output.name);
  const to = output.parsed.type;
  if (!from || !to) return;
  const cause = { text: `output ${output.name}`, file: module.file, range: output.range };
  const fit = graph.solver.fit(from, to, cause);
  if (fit.ok) return;
  graph.problems.push({
    kind: 'fit',
    fit,
    from,
    to,
    step: undefined,
    input: output.name,
    source: output.name,
    range: output.range,
  });
}
