import type { StructureProblem } from '../schema/check';
import { type Analysis, type FixProposal, type Rule, replace } from './rule';

/** A rule that passes on one kind of problem found by the schema check. */
export function structuralRule(
  rule: Pick<Rule, 'id' | 'group' | 'severity' | 'summary' | 'why'>,
  kinds: StructureProblem['kind'][],
  propose?: (problem: StructureProblem, analysis: Analysis) => FixProposal[],
): Rule {
  return {
    ...rule,
    check(analysis, report) {
      for (const problem of analysis.source.structure) {
        if (!kinds.includes(problem.kind)) continue;
        report({
          range: problem.range,
          message: problem.message,
          propose: propose && (() => propose(problem, analysis)),
        });
      }
    },
  };
}

export function renameToNearest(problem: StructureProblem, analysis: Analysis): FixProposal[] {
  if (problem.nearest === undefined) return [];
  return [replace(analysis, problem.range, problem.nearest, `Change to \`${problem.nearest}\``)];
}
