import type { Plan, PlanNode, PlanTask, ValueId } from '../../language/plan/format';
import { type Adapter, adaptersOf } from './adapters';
import type { Builder } from './builder';
import { type Description, describe } from './describe';
import { UnsupportedByEngine } from './errors';
import { frozenBorder, producers } from './frozen';
import { gradients } from './gradient/gradient';
import { type Adapters, type LoweredGraph, lowerGraph, randomCounter, weightState } from './graph';
import { tokensOf } from './loss/language-model';
import type { Loss } from './loss/loss';
import { losses } from './loss/losses';
import { gradientNorm, streamingMetrics, taskOutput, totalLoss } from './metrics';
import { clipByGlobalNorm, type Learning, optimizerState, optimizerUpdates } from './optimizer';
import { learningNodes, phasesOf } from './phases';
import type { Program, StateSpec, Step, TensorId } from './program';
import { learningRates } from './rates';

export interface CompileOptions {
  /** Index into `phasesOf(plan)`. */
  phase: number;
  /** More values for the serve program to give, under their own names. */
  outputs?: ValueId[];
}

export interface CompiledStep {
  step: Step;
  /** Laid over weights in this phase; their halves are in the step's state. */
  adapters: Adapter[];
  description: Description;
}

/**
 * Compiles a plan into the programs of one phase of its training:
 * `frozen` (present when part of the graph is the same in every epoch) computes the values at its border, each under its
 * value id; `train` and `evaluate` take those as inputs instead. `train` gives `loss`, and per task what `taskOutput`
 * names, except predictions; `evaluate` and `serve` give predictions. All inputs are value ids of prepared values,
 * columns or the border. Throws `UnsupportedByEngine`.
 */
export function compileStep(plan: Plan, { phase: index, outputs = [] }: CompileOptions): CompiledStep {
  const phase = phasesOf(plan)[index];
  if (!phase)
    throw new Error(`the plan has ${phasesOf(plan).length} training phases, there is no phase ${index}`);
  const learning = learningNodes(plan, phase);
  const predictions = plan.tasks.map((task) => task.output);
  const wanted = [...predictions, ...plan.tasks.map((task) => task.target)];
  const adapters = adaptersOf(plan, phase);
  const still: Adapters = { byWeight: adapters, learn: false };
  const hasAdapter = (node: PlanNode) => node.weights.some((each) => adapters.has(weightState(node, each)));
  const border = frozenBorder(plan, learning, wanted, hasAdapter);
  const borders = new Set(border);

  const programs: Step['programs'] = {
    evaluate: evaluateProgram(plan, lowerGraph(plan, wanted, borders, new Set(), still)),
    serve: serveProgram(plan, outputs, still),
  };
  if (border.length > 0) {
    const { b, value } = lowerGraph(plan, border, new Set(), new Set());
    programs.frozen = b.finish(Object.fromEntries(border.map((id) => [id, value(id)])));
  }
  const graph = lowerGraph(plan, wanted, borders, learning, { byWeight: adapters, learn: true });
  const train = trainProgram(plan, graph, learning);
  if (train) programs.train = train.program;

  const state = [...weightStates(plan), ...[...adapters.values()].flatMap(({ a, b }) => [a, b])];
  if (train) {
    state.push(...optimizerState(plan.train.optimizer, train.learned));
    if (graph.usesRandom) state.push({ name: randomCounter, dtype: 'int32', shape: [] });
  }
  const step: Step = { state, programs };
  return {
    step,
    adapters: [...adapters.values()],
    description: describe(plan, step, border, train?.learned ?? [], graph),
  };
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

function serveProgram(plan: Plan, values: ValueId[], adapters: Adapters): Program {
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

/** Undefined when nothing learns. */
function trainProgram(
  plan: Plan,
  graph: LoweredGraph,
  learning: ReadonlySet<string>,
): { program: Program; learned: Learning[] } | undefined {
  const { b } = graph;
  const outputs: Record<string, TensorId> = {};
  const weighted = plan.tasks.map((task) =>
    b.mul(finishTask(b, task, graph, outputs).mean, b.scalar(task.weight)),
  );
  if (weighted.length === 0) return undefined;
  const loss = weighted.reduce((sum, each) => b.add(sum, each));
  outputs[totalLoss] = loss;

  const trainable = [
    ...[...graph.weights].flatMap(([state, { tensor, node, weight }]) =>
      weight.trainable && learning.has(node.id)
        ? [{ state, tensor, part: node.part, shape: weight.shape, base: state }]
        : [],
    ),
    ...[...graph.adapted].map(([state, each]) => ({ state, ...each })),
  ];
  const found = gradients(
    b,
    loss,
    trainable.map(({ tensor }) => tensor),
  );
  const rateOf = learningRates(b, plan);
  const learned = trainable.flatMap(({ state, tensor, part, shape, base }): Learning[] => {
    const gradient = found.get(tensor);
    if (gradient === undefined) return [];
    return [{ state, shape, value: tensor, gradient, learningRate: rateOf(base, part) }];
  });
  if (learned.length === 0) return undefined;
  if (plan.train.clip_norm !== undefined) {
    outputs[gradientNorm] = clipByGlobalNorm(b, learned, plan.train.clip_norm);
  }
  const updates = [...optimizerUpdates(b, plan.train.optimizer, learned), ...graph.assignments];
  if (graph.usesRandom) {
    const next = b.add(b.state(randomCounter, 'int32', []), b.scalar(1, 'int32'));
    updates.push({ kind: 'assign', state: randomCounter, value: next });
  }
  return { program: b.finish(outputs, updates), learned };
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
