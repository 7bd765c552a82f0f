import type { OpenQuestion } from '../inference/problems';
import type { Dim } from '../types/dim';
import { addWhere, conditionOf } from './add-where';
import type { Analysis, Rule } from './rule';

export const dimUnverified: Rule = {
  id: 'dim-unverified',
  group: 'shapes',
  severity: 'information',
  optIn: true,
  summary: 'Sizes that may or may not fit.',
  why: 'Only what is proved wrong is an error; with a `where` the author says for which sizes a brick is meant.',
  check(analysis, report) {
    const { inference } = analysis;
    const seen = new Set<number>();
    for (const question of inference?.graph.questions ?? []) {
      const { solver } = inference!.graph;
      const left = solver.resolve(question.left);
      const right = solver.resolve(question.right);
      // What was learnt since may have settled it.
      if (left.equals(right) || seen.has(question.range.start)) continue;
      if (question.kind === 'axis' && left.constant === undefined && mayBeAny(left, right)) continue;
      seen.add(question.range.start);
      report({
        range: question.range,
        message: ask(question, left, right),
        propose: () => settled(question, left, right, analysis),
      });
    }

    /** Two plain names say nothing that a `where` could settle better than a wire. */
    function mayBeAny(left: Dim, right: Dim): boolean {
      return left.name !== undefined && right.name !== undefined && left.name === right.name;
    }
  },
};

function ask(question: OpenQuestion, left: Dim, right: Dim): string {
  switch (question.kind) {
    case 'condition': {
      const whose = question.step ? `\`${question.step.step.name}\` needs` : 'This composition needs';
      return `${whose} \`${question.condition.text}\`, which cannot be decided here: ${left} and ${right}`;
    }
    case 'axis':
      return `Cannot show that axis ${question.axis} of \`${question.source}\`, \`${left}\`, equals \`${right}\``;
    case 'equation':
      return `\`${question.step?.step.name}\`: ${question.why}; cannot show that \`${left}\` equals \`${right}\``;
  }
}

/** The condition that would settle it, in the names of the brick. */
function settled(question: OpenQuestion, left: Dim, right: Dim, analysis: Analysis) {
  const relation = question.kind === 'condition' ? question.condition.parsed.constraint!.relation : '==';
  return addWhere(conditionOf(left, right, relation), [left, right], analysis);
}
