import { checkWhole, type StructureProblem } from '../schema/check';
import type { Path } from '../syntax/path';
import { heir } from './inherited';
import { type Analysis, type FixProposal, type Rule, respell } from './rule';

/** A rule that passes on one kind of problem found by the schema check. */
export function structuralRule(
  rule: Pick<Rule, 'id' | 'group' | 'severity' | 'summary' | 'why'>,
  kinds: StructureProblem['kind'][],
  propose?: (problem: StructureProblem, analysis: Analysis) => FixProposal[],
): Rule {
  return {
    ...rule,
    structural: true,
    check(analysis, report) {
      for (const problem of structureOf(analysis)) {
        if (!kinds.includes(problem.kind)) continue;
        report({
          range: problem.range,
          names: namesIn(problem.path),
          message: problem.message,
          propose: propose && (() => propose(problem, analysis)),
        });
      }
    },
  };
}

/** Of the file, and of what it makes of the composition that it extends. */
function structureOf({ source, declaration }: Analysis): StructureProblem[] {
  const model = heir(declaration);
  return model ? [...source.structure, ...checkWhole(model.whole)] : source.structure;
}

export function renameToNearest(problem: StructureProblem, analysis: Analysis): FixProposal[] {
  if (problem.nearest === undefined) return [];
  return [respell(analysis, problem.range, problem.nearest)];
}

const declaring = new Set(['inputs', 'outputs', 'params', 'graph', 'parts', 'columns', 'data', 'tasks']);

/** What is not declared as meant: wires to it lead nowhere for that reason. */
function namesIn([section, name]: Path): string[] {
  return declaring.has(String(section)) && name !== undefined ? [String(name)] : [];
}
