import type { Plan, PlanWeight, ValueId } from '../../language/plan/format';
import { nodesBehind } from './frozen';
import type { Program, Step } from './program';

/** What was compiled, for the log and for people who want to know. */
export interface Description {
  /** By part: number of parameters, and of those how many learn in this phase. */
  parameters: Record<string, { total: number; trainable: number }>;
  /** Number of instructions by program. */
  instructions: Record<string, number>;
  /** Weights that could learn but get no gradient in this phase, by state name. */
  pruned: string[];
  /** Computed once instead of at every step: the border values, and the nodes behind them. */
  cached: { values: ValueId[]; nodes: string[] };
}

export function describe(
  plan: Plan,
  step: Step,
  border: ValueId[],
  learned: { state: string }[],
  weights: [string, { weight: PlanWeight }][],
): Description {
  const learning = new Set(learned.map(({ state }) => state));
  const parameters: Description['parameters'] = Object.fromEntries(
    plan.parts.map((part) => [part.name, { total: 0, trainable: 0 }]),
  );
  for (const { name, shape } of step.state) {
    const part = parameters[name.slice(0, name.indexOf('/'))];
    if (!part || name.startsWith('optimizer/') || name.startsWith('random/')) continue;
    const count = shape.reduce((product, size) => product * size, 1);
    part.total += count;
    if (learning.has(name)) part.trainable += count;
  }
  return {
    parameters,
    instructions: Object.fromEntries(
      Object.entries(step.programs).map(([name, program]: [string, Program]) => [
        name,
        program.instructions.length,
      ]),
    ),
    pruned: [...new Map(weights)]
      .filter(([state, { weight }]) => weight.trainable && !learning.has(state))
      .map(([state]) => state),
    cached: { values: border, nodes: nodesBehind(plan, border).map((node) => node.id) },
  };
}
