import type { InferredGraph, InferredStep } from '../inference/graph';
import type { ShapeProblem } from '../inference/problems';
import { isMisspelt } from './misspelt';

/**
 * The shape problems of a graph that do not follow from others: one for each step, and none where something that feeds
 * the step has one already, or is not set as it was meant.
 */
export function rootProblems(graph: InferredGraph | undefined): ShapeProblem[] {
  if (!graph || graph.problems.length === 0) return [];
  const wrong = new Set([
    ...graph.problems.flatMap(({ step }) => step?.step.name ?? []),
    ...[...graph.steps.values()].filter(isUnsettled).map(({ step }) => step.name),
  ]);
  const doubtful = new Map<string, boolean>();
  const isDoubtful = (name: string): boolean => {
    const known = doubtful.get(name);
    if (known !== undefined) return known;
    doubtful.set(name, false);
    const found = wrong.has(name) || isFedByDoubt(name);
    doubtful.set(name, found);
    return found;
  };
  const isFedByDoubt = (name: string): boolean =>
    graph.steps.get(name)?.wires.some(({ wire }) => isDoubtful(wire.reference.owner)) ?? false;
  const said = new Set<string>();
  return graph.problems.filter((problem) => {
    // What a node makes is held against the declared output: the node itself feeds that.
    if (!problem.step) return problem.kind !== 'fit' || !isDoubtful(problem.source.split('.')[0]!);
    const { name } = problem.step.step;
    if (said.has(name) || isUnsettled(problem.step) || isFedByDoubt(name)) return false;
    said.add(name);
    return true;
  });
}

/** Whether settings or inputs are misspelt, missing or impossible, so that its sizes are not those that were meant. */
function isUnsettled(inferred: InferredStep): boolean {
  const { step, wires, unknownSettings, missingSettings, valueProblems } = inferred;
  return (
    unknownSettings.length + missingSettings.length + valueProblems.length > 0 ||
    wires.some(({ input }) => input === undefined) ||
    isMisspelt('params', step)
  );
}
