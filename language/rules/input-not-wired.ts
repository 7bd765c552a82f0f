import { couldFeed, sourcesFor, wantedType } from '../inference/candidates';
import type { InferredStep } from '../inference/graph';
import { insertEntry } from '../syntax/edits';
import { asMap } from '../syntax/path';
import { type Analysis, edit, type FixProposal, listed, type Rule } from './rule';

export const inputNotWired: Rule = {
  id: 'input-not-wired',
  group: 'shapes',
  severity: 'error',
  summary: 'A required input that nothing feeds.',
  why: 'The step cannot be computed without it.',
  check(analysis, report) {
    for (const inferred of analysis.inference?.graph.steps.values() ?? []) {
      const { step, missingInputs, wires } = inferred;
      // A wire to an input that does not exist is reported by itself; most often it is the missing one.
      if (missingInputs.length === 0 || wires.some((wire) => wire.input === undefined)) continue;
      report({
        range: step.key,
        message: `\`${step.name}\` needs ${listed(missingInputs)} to be wired: \`in:\``,
        propose: () => wireIt(inferred, analysis),
      });
    }
  },
};

/** The one source whose type fits the one missing input. */
function wireIt(inferred: InferredStep, analysis: Analysis): FixProposal[] {
  const { step, missingInputs, wires } = inferred;
  const { inference } = analysis;
  const map = asMap(step.entry.value);
  if (!inference || !map || missingInputs.length !== 1 || wires.length > 0) return [];
  const wanted = wantedType(inferred, missingInputs[0]);
  const fitting = sourcesFor(inferred, inference.scope, inference.graph, inference.kind === 'module').filter(
    (source) => couldFeed(source, wanted, inference.graph),
  );
  const [only] = fitting;
  if (!only || fitting.length > 1) return [];
  const after = step.op ? 'op' : 'module';
  return [
    edit(analysis, insertEntry(analysis.source.tree, map, 'in', only.text, after), `Wire \`${only.text}\``),
  ];
}
