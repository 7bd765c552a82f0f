/** Parameters and operations of a brick for every size at once, bricks inside it included. */
import { allAtOnce, type Gradual } from '../gradual';
import type { FlatModel } from '../inference/flatten';
import type { InferredStep } from '../inference/graph';
import type { ModuleInference } from '../inference/module';
import { defaultSizes, evaluate, type Params } from '../inference/values';
import type { ModuleDeclaration } from '../names/declarations';
import { costOf, type ModelCost } from '../plan/cost';
import type { Analysis } from '../rules/rule';
import { Dim } from '../types/dim';

/** In the sizes and params of the brick; undefined where something in it is not known. */
export interface Count {
  parameters: Dim | undefined;
  /** Of a forward pass over a whole batch. */
  flops: Dim | undefined;
}

const costs = new WeakMap<FlatModel, ModelCost>();

/** Of a composition; counted once for as long as nothing in it changes. */
export function modelCost({ inference, flat }: Analysis): ModelCost | undefined {
  const opened = flat();
  if (inference?.kind !== 'model' || !opened) return undefined;
  const known = costs.get(opened) ?? costOf(inference, opened);
  costs.set(opened, known);
  return known;
}

const none: Count = { parameters: undefined, flops: undefined };
const maximumDepth = 32;

export function countOf(analysis: Analysis, module: ModuleDeclaration, depth = 0): Count {
  const own = analysis.inference;
  const isOwn = own?.kind === 'module' && own.module.file === module.file;
  const known = isOwn ? counted.get(analysis) : undefined;
  if (known) return known;
  const inference = isOwn ? own : analysis.general(module.file);
  return allAtOnce(adding(analysis, inference, depth));
}

/** Of the brick itself, kept for as long as nothing in it changes. */
const counted = new WeakMap<Analysis, Count>();

/** Counts step by step what is asked of the brick itself. */
export function* counting(analysis: Analysis): Gradual<void> {
  const { inference } = analysis;
  if (inference?.kind !== 'module' || counted.has(analysis)) return;
  counted.set(analysis, yield* adding(analysis, inference, 0));
}

function* adding(analysis: Analysis, inference: ModuleInference | undefined, depth: number): Gradual<Count> {
  if (!inference || inference.module.code || depth > maximumDepth) return none;
  const counts: Count[] = [];
  for (const step of inference.graph.steps.values()) {
    counts.push(stepCount(analysis, inference, step, depth));
    yield;
  }
  return {
    parameters: total(counts.map(({ parameters }) => parameters)),
    flops: total(counts.map(({ flops }) => flops)),
  };
}

/** Of one node of a brick, in the sizes of that brick. */
export function stepCount(
  analysis: Analysis,
  { graph, scope }: Pick<ModuleInference, 'graph' | 'scope'>,
  step: InferredStep,
  depth = 0,
): Count {
  const { target } = step;
  if (target.kind === 'op') {
    const known = [...step.outputs.values()].every((type) => type !== undefined);
    const weights = step.weights.map(({ dims }) =>
      dims.reduce((all, dim) => all.times(graph.solver.resolve(dim)), Dim.of(1)),
    );
    return {
      parameters: known ? total(weights) : undefined,
      flops: known ? graph.solver.resolve(step.flops ?? Dim.of(0)) : undefined,
    };
  }
  if (target.kind !== 'module') return none;
  const inner = countOf(analysis, target.module, depth + 1);
  const times = repeats(step, scope.params);
  const { name } = step.step;
  // From the second copy on, all take in what the first one puts out.
  const again = target.module.inputs.size > 0 && times?.constant !== 1 ? `${name}.next` : name;
  const here = (dim: Dim | undefined) => {
    if (!dim || !times) return undefined;
    const [first, next] = [name, again].map((owner) => dim.substitute(outside(step, dim, owner)));
    return graph.solver.resolve(first!.plus(next!.times(times.plus(Dim.of(-1)))));
  };
  return { parameters: here(inner.parameters), flops: here(inner.flops) };
}

/** What a brick's symbols are where it is used; `owner` is the step, or a copy of it. */
function outside({ values }: InferredStep, dim: Dim, owner: string): Map<string, Dim> {
  return new Map(
    [...dim.symbols()].map((symbol) => {
      const value = values.get(symbol);
      return [symbol, value instanceof Dim ? value : Dim.symbol(`${owner}:${symbol}`)];
    }),
  );
}

function repeats({ step }: InferredStep, params: Params): Dim | undefined {
  if (!step.repeat) return Dim.of(1);
  const { value } = evaluate(step.repeat, 'int', params);
  return value instanceof Dim ? value : undefined;
}

/** With defaults in place of params. */
export function withDefaults(dim: Dim | undefined, module: ModuleDeclaration): Dim | undefined {
  return dim?.substitute(defaultSizes(module));
}

/** `1,600`, or a formula. */
export function shownCount(dim: Dim): string {
  return dim.constant === undefined ? dim.toString() : dim.constant.toLocaleString('en');
}

function total(dims: (Dim | undefined)[]): Dim | undefined {
  return dims.reduce((all, dim) => all && dim && all.plus(dim), Dim.of(0) as Dim | undefined);
}
