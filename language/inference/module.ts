import type { Gradual } from '../gradual';
import type { Lookup } from '../names/catalogue';
import type { ModuleDeclaration, Port } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import type { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import { type GraphScope, type InferredGraph, type InferredStep, inferringGraph, type Outer } from './graph';
import { conditionsOn, fixedSizes } from './instance';
import { type Reading, readingsOf, readPort } from './readings';
import { type Params, symbolicParams } from './values';

export interface ModuleInference {
  kind: 'module';
  module: ModuleDeclaration;
  scope: GraphScope;
  graph: InferredGraph;
  /** Outputs that no node makes. */
  unmade: Port[];
  /** The graph in each reading of the ports, by its text. */
  readings: ReadonlyMap<string, InferredGraph>;
}

/**
 * Types a brick's graph for every size at once: its symbols and integer parameters may not be given a value, so
 * whatever is proved holds for each use of the brick. Ports that stand for several types are read as each of them;
 * the graph is that of the first reading, with what only the others find added to its problems.
 */
export function* inferringModule(
  module: ModuleDeclaration,
  lookup: (reference: BrickReference) => Lookup<'module'>,
  edited?: { before: ModuleInference | undefined },
): Gradual<ModuleInference> {
  const typed: ReadingInference[] = [];
  for (const reading of readingsOf(module)) {
    const before = edited && { before: edited.before?.readings.get(reading.text) };
    typed.push(yield* inferReading(module, lookup, reading, before));
  }
  const [first, ...others] = typed;
  const { scope, graph } = first!;
  const starts = new Set(graph.problems.map(({ range }) => range.start));
  for (const other of others) {
    for (const problem of other.graph.problems) {
      if (starts.has(problem.range.start)) continue;
      starts.add(problem.range.start);
      graph.problems.push({ ...problem, reading: other.reading.text });
    }
  }
  const unmade = [...module.outputs.values()].filter(({ name }) => !graph.steps.has(name) && !module.code);
  const readings = new Map(typed.map(({ reading, graph: one }) => [reading.text, one]));
  return { kind: 'module', module, scope, graph, unmade, readings };
}

interface ReadingInference {
  reading: Reading;
  scope: GraphScope;
  graph: InferredGraph;
}

function* inferReading(
  module: ModuleDeclaration,
  lookup: (reference: BrickReference) => Lookup<'module'>,
  reading: Reading,
  edited: { before: InferredGraph | undefined } | undefined,
): Gradual<ReadingInference> {
  const fixed = fixedSizes(module);
  const inputs = new Map([...module.inputs].map(([name, port]) => [name, readPort(port, reading, fixed)]));
  const scope = moduleScope(module, symbolicParams(module), inputs, lookup);
  const assumed = conditionsOn(module);
  const rigid = rigidSymbols(module, inputs, fixed);
  const graph = yield* inferringGraph({ ...scope, rigid, assumed }, edited);
  for (const output of module.outputs.values()) {
    const step = graph.steps.get(output.name);
    if (step) fitOutput(output, readPort(output, reading, fixed), step, module, graph);
  }
  return { reading, scope, graph };
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

function rigidSymbols(
  module: ModuleDeclaration,
  inputs: Map<string, TensorType | undefined>,
  fixed: Map<string, Dim>,
): string[] {
  const names = [...module.params.values()]
    .filter((param) => param.type === 'int')
    .map((param) => param.name);
  for (const type of inputs.values()) {
    if (type?.lead !== undefined) names.push(type.lead);
    for (const dim of type?.dims ?? []) names.push(...dim.symbols());
  }
  return names.filter((name) => !fixed.has(name));
}

/** The one output of the step that makes a brick's output. */
export function madeBy(step: InferredStep, output: string): TensorType | undefined {
  return step.outputs.size === 1 ? [...step.outputs.values()][0] : step.outputs.get(output);
}

function fitOutput(
  output: Port,
  to: TensorType | undefined,
  step: InferredStep,
  module: ModuleDeclaration,
  graph: InferredGraph,
): void {
  const from = madeBy(step, output.name);
  if (!from || !to) return;
  const { name, range } = output;
  const fit = graph.solver.fit(from, to, { kind: 'wire', text: `output ${name}`, file: module.file, range });
  const place = { step: undefined, input: name, source: name, range };
  if (!fit.ok) graph.problems.push({ kind: 'fit', fit, from, to, ...place });
  else
    for (const { axis, from: left, to: right } of fit.unverified)
      graph.questions.push({ kind: 'axis', axis, left, right, ...place });
}
