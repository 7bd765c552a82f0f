/** One use of a brick in a graph: what its parameters, wires and conditions say of its sizes. */
import type { ModuleDeclaration } from '../names/declarations';
import type { Range } from '../syntax/tree';
import { Dim } from '../types/dim';
import type { Fact } from '../types/solver';
import type { TensorType } from '../types/type';
import {
  type GraphScope,
  type InferredGraph,
  type InferredStep,
  type PlannedSize,
  sourceText,
} from './graph';
import { type Instance, instantiate } from './instance';
import type { Cause, PlacedCondition } from './problems';
import { settingOf } from './settings';

export function applyModule(
  inferred: InferredStep,
  module: ModuleDeclaration,
  scope: GraphScope,
  graph: InferredGraph,
): void {
  const name = inferred.step.name;
  const instance = instantiate(module, new Map(), name);
  for (const [port, type] of instance.outputs) inferred.outputs.set(port, type);
  setParams(inferred, module, scope, graph);
  setDims(inferred, module, scope, graph);
  for (const { wire, input, target } of inferred.wires) {
    const to = input === undefined ? undefined : instance.inputs.get(input);
    if (target.status !== 'found' || !target.type || !to) continue;
    const source = sourceText(target);
    const { range } = wire;
    const text = `wire ${source} → ${name}.${input}`;
    const fit = graph.solver.fit(target.type, to, { kind: 'wire', text, file: scope.file, range });
    const place = { step: inferred, input: input!, source, range };
    if (!fit.ok) graph.problems.push({ kind: 'fit', fit, from: target.type, to, ...place });
    else
      for (const { axis, from: left, to: right } of fit.unverified)
        graph.questions.push({ kind: 'axis', axis, left, right, ...place });
  }
  feedItself(inferred, module, instance, scope, graph);
  for (const { written, constraint } of instance.conditions) {
    // A condition on params alone is the same for every use of them.
    if (inferred.owner !== inferred.step && written.parsed.names.every((use) => module.params.has(use.name)))
      continue;
    demand(written, constraint, inferred, graph, inferred.step.module?.range ?? inferred.step.key);
  }
}

/**
 * A copy feeds the first input of the next with its first output. Only the first copy may take in another size than it
 * puts out: from the second on, all are alike.
 */
function feedItself(
  inferred: InferredStep,
  module: ModuleDeclaration,
  instance: Instance,
  scope: GraphScope,
  graph: InferredGraph,
): void {
  const { step, times, values } = inferred;
  const { repeat } = step;
  const [[output, from] = []] = instance.outputs;
  if (!repeat || !times || times.constant === 1 || !output || !from) return;
  const next = instantiate(module, values, `${step.name}.next`);
  const [[first, to] = []] = next.inputs;
  const again = next.outputs.get(output);
  if (!first || !to || !again) return;
  const fits = (input: string, source: string, type: TensorType, wanted: TensorType): boolean => {
    const { range } = repeat;
    const text = `repeat ${source} → ${step.name}.${input}`;
    const fit = graph.solver.fit(type, wanted, { kind: 'wire', text, file: scope.file, range });
    if (!fit.ok)
      graph.problems.push({ kind: 'fit', fit, from: type, to: wanted, step: inferred, input, source, range });
    return fit.ok;
  };
  const own = `${step.name}.${output}`;
  if (!fits(first, own, from, to)) return;
  for (const { input, target } of inferred.wires) {
    const wanted = input === undefined || input === first ? undefined : next.inputs.get(input);
    if (target.status !== 'found' || !target.type || !wanted) continue;
    if (!fits(input!, sourceText(target), target.type, wanted)) return;
  }
  if (times.constant !== 2 && !fits(first, own, again, to)) return;
  for (const [port, type] of next.outputs) inferred.outputs.set(port, type);
}

/** Values of parameters are facts like wires, so that an explanation can name them. */
function setParams(
  inferred: InferredStep,
  module: ModuleDeclaration,
  scope: GraphScope,
  graph: InferredGraph,
): void {
  const { step, values } = inferred;
  for (const [param, value] of values) {
    if (!(value instanceof Dim)) continue;
    const entry = settingOf(inferred, param);
    const declared = module.params.get(param);
    const cause: Cause = entry
      ? { kind: 'param', text: `params.${param}`, file: scope.file, range: entry.range }
      : {
          kind: 'param',
          text: `default of \`${param}\``,
          file: module.file,
          range: declared?.key ?? step.key,
        };
    graph.solver.equate(Dim.symbol(`${step.name}:${param}`), value, cause);
  }
}

/** Sizes that the composition gives all its parts. */
function setDims(
  inferred: InferredStep,
  module: ModuleDeclaration,
  scope: GraphScope,
  graph: InferredGraph,
): void {
  if (!scope.dims || scope.dims.size === 0) return;
  const names = symbolsOf(module);
  const part = inferred.step.name;
  for (const { name: dimension, key, size, ties } of scope.dims.values()) {
    if (size !== undefined && names.has(dimension))
      said(dimension, dimension, Dim.of(size), key, `is ${size} in every part`);
    for (const { reference, value, range } of ties) {
      const [other] = ties.filter((tie) => tie.value !== value);
      const { owner, port } = reference;
      if (owner !== part || !other || !port || !(names.has(port) || module.params.has(port))) continue;
      said(dimension, port, Dim.symbol(`dims:${dimension}`), range, `is the same as \`${other.value}\``);
    }
  }

  function said(dimension: string, name: string, right: Dim, at: Range, what: string): void {
    const left = Dim.symbol(`${part}:${name}`);
    const why = `\`dims\` says that \`${name}\` ${what}`;
    const cause: Cause = { kind: 'param', text: `dims.${dimension}`, file: scope.file, range: at, dimension };
    const { solver } = graph;
    if (solver.equate(left, right, cause) !== 'no') return;
    const facts = solver.explain();
    const range = inferred.step.settings.get(name)?.range ?? inferred.step.key;
    graph.problems.push({
      ...{ kind: 'equation', why, left: solver.resolve(left), right: solver.resolve(right) },
      ...{ step: inferred, range, facts, overspecialized: false },
    });
  }
}

/** Every name of a size in its ports. */
function symbolsOf(module: ModuleDeclaration): Set<string> {
  const ports = [...module.inputs.values(), ...module.outputs.values()];
  return new Set(ports.flatMap(({ parsed }) => parsed.names.map(({ name }) => name)));
}

/** Holds a condition of a brick, or of the file itself, against what is known so far. */
export function demand(
  condition: PlacedCondition,
  constraint: Instance['conditions'][number]['constraint'],
  step: InferredStep | undefined,
  graph: InferredGraph,
  range: { start: number; end: number },
): void {
  const { solver } = graph;
  const cause: Cause = {
    kind: 'condition',
    text: step ? `where of \`${step.step.name}\`` : 'where',
    claim: condition.text,
    file: condition.file,
    range: condition.range,
  };
  const verdict = solver.demand(constraint, cause);
  if (verdict === 'yes') return;
  const sides = (resolve = solver.resolve.bind(solver)) => ({
    left: resolve(constraint.left),
    right: resolve(constraint.right),
  });
  if (verdict === 'no') {
    const sizes = sizesIn(condition, step).map(({ name, size }) => ({ name, size: solver.resolve(size) }));
    const facts = solver.explain();
    graph.problems.push({ kind: 'condition', condition, step, facts, sizes, range, ...sides() });
  } else {
    graph.undecided.push({
      constraint,
      question: () => ({ kind: 'condition', condition, step, range, ...sides() }),
    });
  }
}

/** What is still not decided once everything is known, save what planned sizes decide. */
export function settle(graph: InferredGraph, planned: readonly PlannedSize[]): void {
  const { solver } = graph;
  for (const { constraint, question } of graph.undecided) {
    if (solver.check(constraint) !== 'unverified') continue;
    const asked = question();
    const facts = planned.map(
      ({ symbol, size, cause }): Fact<Cause> => ({
        ...{ left: Dim.symbol(symbol), relation: '==', right: Dim.of(size) },
        ...{ cause, mode: 'assume' },
      }),
    );
    const values = new Map(planned.map(({ symbol, size }) => [symbol, Dim.of(size)]));
    const put = (dim: Dim) => solver.resolve(dim).substitute(values);
    const [left, right] = [put(constraint.left), put(constraint.right)];
    const open = solver.check({ ...constraint, left, right });
    if (open === 'unverified') graph.questions.push(asked);
    if (open !== 'no' || asked.kind !== 'condition') continue;
    const { condition, step, range } = asked;
    const sizes = sizesIn(condition, step).map(({ name, size }) => ({ name, size: put(size) }));
    graph.problems.push({ kind: 'condition', condition, step, facts, sizes, range, left, right });
  }
}

function sizesIn({ parsed }: PlacedCondition, step: InferredStep | undefined): { name: string; size: Dim }[] {
  return [...new Set(parsed.names.map(({ name }) => name))].map((name) => {
    const symbol = step ? `${step.step.name}:${name}` : name.replaceAll('.', ':');
    return { name, size: Dim.symbol(symbol) };
  });
}
