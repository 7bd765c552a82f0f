/** Every wire a file draws: the inputs of its steps and the outputs and targets of its tasks. */
import type { InferredStep, WireTarget } from '../inference/graph';
import type { WireReference } from '../names/reference';
import type { Range } from '../syntax/tree';
import type { Analysis } from './rule';

export interface DrawnWire {
  reference: WireReference;
  range: Range;
  target: WireTarget;
  step?: InferredStep;
}

/** Steps with settings: those of the graph, and bricks at extension points. */
export function settledSteps({ inference }: Analysis): InferredStep[] {
  const steps = [...(inference?.graph.steps.values() ?? [])];
  return inference?.kind === 'model' ? [...steps, ...inference.plugs.values()] : steps;
}

export function drawnWires({ inference }: Analysis): DrawnWire[] {
  const found: DrawnWire[] = [];
  for (const step of inference?.graph.steps.values() ?? []) {
    for (const { wire, target } of step.wires)
      found.push({ reference: wire.reference, range: wire.range, target, step });
  }
  if (inference?.kind === 'model') {
    for (const { task, output, target } of inference.tasks) {
      if (task.output && output)
        found.push({ reference: task.output.reference, range: task.output.range, target: output });
      if (task.target && target)
        found.push({ reference: task.target.reference, range: task.target.range, target });
    }
  }
  return found;
}
