import type { Plan, PlanNode, PlanPart, TrainMode } from '../../language/plan/format';

/** Epochs during which no part changes how it trains. */
export interface Phase {
  /** The first epoch of the phase, from 0. */
  from: number;
  /** By part. */
  modes: Map<string, TrainMode>;
}

/** A part's schedule at an epoch; the last entry lasts until the end. */
function modeAt(part: PlanPart, epoch: number): TrainMode {
  let end = 0;
  for (const phase of part.train) {
    end += phase.epochs ?? Number.POSITIVE_INFINITY;
    if (epoch < end) return phase;
  }
  return part.train.at(-1) ?? { mode: 'full' };
}

/** The training schedule: a new phase wherever some part changes its mode. `compileStep` takes an index into it. */
export function phasesOf(plan: Plan): Phase[] {
  const starts = new Set([0]);
  for (const part of plan.parts) {
    let epoch = 0;
    for (const phase of part.train.slice(0, -1)) {
      epoch += phase.epochs ?? 0;
      if (phase.epochs !== undefined && epoch < plan.train.epochs) starts.add(epoch);
    }
  }
  return [...starts]
    .sort((a, b) => a - b)
    .map((from) => ({ from, modes: new Map(plan.parts.map((part) => [part.name, modeAt(part, from)])) }));
}

/**
 * The nodes that learn in a phase: all of a `full` part, none of a `frozen` one, and of a `last: n` one those from the
 * n-th last layer (node with weights) on. Nodes that do not learn work as in evaluation: no dropout, running statistics.
 */
export function learningNodes(plan: Plan, phase: Phase): Set<string> {
  const learning = new Set<string>();
  // A part that is used several times has its layers in each use.
  const uses = new Map<string, PlanNode[]>();
  for (const node of plan.graph) {
    const use = node.id.slice(0, node.id.indexOf('/'));
    uses.set(use, [...(uses.get(use) ?? []), node]);
  }
  for (const nodes of uses.values()) {
    const mode = phase.modes.get(nodes[0]!.part) ?? { mode: 'full' };
    for (const node of mode.mode === 'last'
      ? lastLayers(nodes, mode.count)
      : mode.mode === 'full'
        ? nodes
        : []) {
      learning.add(node.id);
    }
  }
  return learning;
}

function lastLayers(nodes: PlanNode[], count: number): PlanNode[] {
  const layers = nodes.flatMap((node, index) =>
    node.weights.some((weight) => weight.trainable) ? [index] : [],
  );
  return count > 0 ? nodes.slice(layers.at(-count) ?? 0) : [];
}
