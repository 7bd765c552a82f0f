import type { Plan, PlanNode, PlanTask, ValueId } from '../../language/plan/format';
import { type Adapter, adaptersOf } from './adapters';
import { balanced, weightsMove } from './balance/balance';
import type { Builder } from './builder';
import { type Description, describe } from './describe';
import { UnsupportedByEngine } from './errors';
import { frozenBorder, producers } from './frozen';
import { gradients } from './gradient/gradient';
import { type Adapters, type LoweredGraph, lowerGraph, randomCounter, weightState } from './graph';
import { type OpenPlan, withVaryingLengths } from './lengths/varying';
import { tokensOf } from './loss/language-model';
import type { Loss } from './loss/loss';
import { losses } from './loss/losses';
import { gradientNorm, streamingMetrics, taskOutput, totalLoss } from './metrics';
import { clipByGlobalNorm, type Learning, optimizerState, optimizerUpdates } from './optimizer';
import { learningNodes, phasesOf } from './phases';
import type { Program, ProgramName, StateSpec, Step, TensorId, Update } from './program';
import { learningRates } from './rates';
import { addUp, gradientSums } from './sums';
import { type View, viewsOf } from './views';

export interface CompileOptions {
  /** Index into `phasesOf(plan)`. */
  phase: number;
  /** More values for the serve program to give, under their own names. */
  outputs?: ValueId[];
}

export interface CompiledStep {
  step: Step;
  /** One for each dataset that tasks learn from. */
  views: View[];
  /** Laid over weights in this phase; their halves are in the step's state. */
  adapters: Adapter[];
  description: Description;
}

/**
 * Compiles a plan into the programs of one phase of its training:
 * `frozen` (present when part of the graph is the same in every epoch) computes the values at its border, each under its
 * value id; `train` and `evaluate` take those as inputs instead. `train` gives `loss`, and per task what `taskOutput`
 * names, except predictions; `evaluate` and `serve` give predictions. All inputs are value ids of prepared values,
 * columns or the border. Where tasks learn from several datasets, each has such programs (`views`). With `accumulate`,
 * `add` only adds up gradients and `train` takes the step with all of them. Throws `UnsupportedByEngine`.
 */
export function compileStep(closed: Plan, { phase: index, outputs = [] }: CompileOptions): CompiledStep {
  const plan = withVaryingLengths(closed);
  const phase = phasesOf(plan)[index];
  if (!phase)
    throw new Error(`the plan has ${phasesOf(plan).length} training phases, there is no phase ${index}`);
  const learning = learningNodes(plan, phase);
  const adapters = adaptersOf(plan, phase);
  const still: Adapters = { byWeight: adapters, learn: false };
  const views = viewsOf(plan);
  const compiled = views.map((view) => compileView(plan, view, learning, adapters));
  const programs: Step['programs'] = Object.assign(
    { serve: serveProgram(plan, outputs, still) },
    ...compiled.map((view) => view.programs),
  );
  const learned = compiled.flatMap((view) => view.learned);
  const state = [
    ...weightStates(plan),
    ...[...adapters.values()].flatMap(({ a, b }) => [a, b]),
    ...(learned.length > 0 ? optimizerState(plan.train.optimizer, learned) : []),
    ...compiled.flatMap((view) => view.state),
  ];
  const step: Step = { state: [...new Map(state.map((spec) => [spec.name, spec])).values()], programs };
  return {
    step,
    views,
    adapters: [...adapters.values()],
    description: describe(
      plan,
      step,
      compiled.flatMap((view) => view.border),
      learned,
      compiled.flatMap((view) => [...view.graph.weights]),
    ),
  };
}

interface CompiledView {
  programs: Partial<Step['programs']>;
  border: ValueId[];
  graph: LoweredGraph;
  learned: Learning[];
  /** Besides weights and what the optimizer keeps of them. */
  state: StateSpec[];
}

/** The programs of the tasks of one dataset. */
function compileView(
  whole: OpenPlan,
  { plan, programs: names, data }: View,
  learning: ReadonlySet<string>,
  adapters: ReadonlyMap<string, Adapter>,
): CompiledView {
  const wanted = plan.tasks.flatMap((task) => [task.output, task.target]);
  const hasAdapter = (node: PlanNode) => node.weights.some((each) => adapters.has(weightState(node, each)));
  const border = frozenBorder(plan, learning, wanted, hasAdapter);
  const borders = new Set(border);
  const lower = (nodes: ReadonlySet<string>, learn: boolean) =>
    lowerGraph(plan, wanted, borders, nodes, { byWeight: adapters, learn });

  const programs: [ProgramName, Program][] = [
    [names.evaluate, evaluateProgram(plan, lower(new Set(), false))],
  ];
  if (border.length > 0) {
    const { b, value } = lowerGraph(plan, border, new Set(), new Set());
    programs.push([names.frozen, b.finish(Object.fromEntries(border.map((id) => [id, value(id)])))]);
  }
  const graph = lower(learning, true);
  const accumulates = (plan.train.accumulate ?? 1) > 1;
  const sums = accumulates ? data : undefined;
  const pace = { whole, sums };
  const train = trainProgram(plan, graph, learning, { ...pace, moves: true });
  const state: StateSpec[] = [...(train?.state ?? [])];
  if (train) {
    programs.push([names.train, train.program]);
    if (graph.usesRandom) state.push({ name: randomCounter, dtype: 'int32', shape: [] });
  }
  if (train && sums !== undefined) {
    const add = trainProgram(plan, lower(learning, true), learning, { ...pace, moves: false })!;
    programs.push([names.add, add.program]);
    state.push(...gradientSums(sums, train.learned));
  }
  return { programs: Object.fromEntries(programs), border, graph, learned: train?.learned ?? [], state };
}

function weightStates(plan: Plan): StateSpec[] {
  const specs = plan.graph.flatMap((node) =>
    node.weights.map((weight): [string, StateSpec] => {
      const name = weightState(node, weight);
      return [name, { name, dtype: 'float32', shape: weight.shape }];
    }),
  );
  return [...new Map(specs).values()];
}

/** Loss and streaming sums of one task; fills `outputs`. */
function finishTask(
  b: Builder,
  task: PlanTask,
  graph: LoweredGraph,
  outputs: Record<string, TensorId>,
): Loss {
  const lossOf = losses[task.loss];
  if (!lossOf) throw new UnsupportedByEngine(`this engine has no loss '${task.loss}'`, task.at);
  const predictions = graph.value(task.output);
  const targets = graph.value(task.target);
  try {
    const loss = lossOf(b, predictions, targets, task.options);
    outputs[taskOutput.loss(task.name)] = loss.mean;
    outputs[taskOutput.count(task.name)] = loss.count;
    for (const name of task.metrics) {
      const metric = streamingMetrics[name];
      if (metric) {
        outputs[taskOutput.sum(task.name, name)] = metric.sum({ b, task, predictions, targets, loss });
      }
    }
    return loss;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnsupportedByEngine(`task '${task.name}': ${reason}`, task.at);
  }
}

function evaluateProgram(plan: Plan, graph: LoweredGraph): Program {
  const outputs: Record<string, TensorId> = {};
  for (const task of plan.tasks) {
    finishTask(graph.b, task, graph, outputs);
    judgedBy(plan, task, graph, outputs);
  }
  return graph.b.finish(outputs);
}

/**
 * What metrics over whole splits compare. Of words only the chosen one is kept, since scores of all would not fit into
 * memory; targets that are computed, or moved by the loss, come along.
 */
function judgedBy(plan: Plan, task: PlanTask, graph: LoweredGraph, outputs: Record<string, TensorId>): void {
  const { b } = graph;
  const [predictions, targets] = [graph.value(task.output), graph.value(task.target)];
  const tokens = tokensOf(b, task.loss, predictions, targets, task.options);
  if (tokens) {
    outputs[taskOutput.predictions(task.name)] = b.argmax(tokens.logits, 2);
    outputs[taskOutput.targets(task.name)] = tokens.labels;
    return;
  }
  outputs[taskOutput.predictions(task.name)] = predictions;
  if (producers(plan).has(task.target)) outputs[taskOutput.targets(task.name)] = targets;
}

function serveProgram(plan: OpenPlan, values: ValueId[], adapters: Adapters): Program {
  const wanted = [...plan.tasks.map((task) => task.output), ...values];
  const { b, value } = lowerGraph(plan, wanted, new Set(), new Set(), adapters);
  return b.finish(
    Object.fromEntries([
      ...plan.tasks.map((task): [string, TensorId] => [
        taskOutput.predictions(task.name),
        value(task.output),
      ]),
      ...values.map((id): [string, TensorId] => [id, value(id)]),
    ]),
  );
}

interface Pace {
  /** With the tasks of all datasets. */
  whole: Plan;
  /** The dataset whose gradients add up over several batches. */
  sums: string | undefined;
  /** Whether the optimizer moves; else gradients only add up. */
  moves: boolean;
}

/** Undefined when nothing learns. */
function trainProgram(
  plan: Plan,
  graph: LoweredGraph,
  learning: ReadonlySet<string>,
  { whole, sums, moves }: Pace,
): { program: Program; learned: Learning[]; state: StateSpec[] } | undefined {
  const { b } = graph;
  const outputs: Record<string, TensorId> = {};
  const losses = plan.tasks.map((task) => ({ task, mean: finishTask(b, task, graph, outputs).mean }));
  if (losses.length === 0) return undefined;
  // By the weights that are written, so that epochs can be compared.
  outputs[totalLoss] = losses
    .map(({ task, mean }) => b.mul(mean, b.scalar(task.weight)))
    .reduce((sum, each) => b.add(sum, each));

  const trainable = [
    ...[...graph.weights].flatMap(([state, { tensor, node, weight }]) =>
      weight.trainable && learning.has(node.id)
        ? [{ state, tensor, part: node.part, shape: weight.shape, base: state }]
        : [],
    ),
    ...[...graph.adapted].map(([state, each]) => ({ state, ...each })),
  ];
  const balance = balanced(b, whole, losses, trainable);
  const found = gradients(b, balance.loss, [
    ...trainable.map(({ tensor }) => tensor),
    ...balance.learned.map(({ value }) => value),
  ]);
  const rateOf = learningRates(b, plan);
  const learned = trainable.flatMap(({ state, tensor, part, shape, base }): Learning[] => {
    const gradient = found.get(tensor);
    if (gradient === undefined) return [];
    return [{ state, shape, value: tensor, gradient, learningRate: rateOf(base, part) }];
  });
  if (learned.length === 0) return undefined;
  if (weightsMove(whole)) {
    for (const [task, weight] of balance.weights) outputs[taskOutput.weight(task)] = weight;
  }
  const all = [
    ...learned,
    ...balance.learned.map((each) => ({
      ...each,
      gradient: found.get(each.value)!,
      learningRate: rateOf(each.state, ''),
    })),
  ];
  const updates: Update[] = [...graph.assignments];
  if (sums !== undefined) updates.push(...addUp(b, sums, all, moves));
  if (moves) {
    if (plan.train.clip_norm !== undefined) {
      outputs[gradientNorm] = clipByGlobalNorm(b, learned, plan.train.clip_norm);
    }
    updates.unshift(...optimizerUpdates(b, plan.train.optimizer, all));
    updates.push(...balance.updates);
  }
  if (graph.usesRandom) {
    const next = b.add(b.state(randomCounter, 'int32', []), b.scalar(1, 'int32'));
    updates.push({ kind: 'assign', state: randomCounter, value: next });
  }
  return { program: b.finish(outputs, updates), learned: all, state: balance.state };
}

/** What of a plan this engine cannot do; empty when all is well. Found without running anything. */
export function unsupported(plan: Plan): { message: string; at: Plan['tasks'][number]['at'] }[] {
  for (const phase of phasesOf(plan).keys()) {
    try {
      compileStep(plan, { phase });
    } catch (error) {
      if (!(error instanceof UnsupportedByEngine)) throw error;
      return [{ message: error.message, at: error.at }];
    }
  }
  return [];
}
