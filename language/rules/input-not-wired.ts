import { listed, type Rule } from './rule';

export const inputNotWired: Rule = {
  id: 'input-not-wired',
  severity: 'error',
  summary: 'A required input that nothing feeds.',
  why: 'The step cannot be computed without it.',
  check({ inference }, report) {
    for (const { step, missingInputs, wires } of inference?.graph.steps.values() ?? []) {
      // A wire to an input that does not exist is reported by itself; most often it is the missing one.
      if (missingInputs.length === 0 || wires.some((wire) => wire.input === undefined)) continue;
      report({
        range: step.key,
        message: `\`${step.name}\` needs ${listed(missingInputs)} to be wired: \`in:\``,
      });
    }
  },
};
