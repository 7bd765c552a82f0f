import { inputNames } from '../inference/graph';
import { nearest } from '../names/nearest';
import { listed, type Rule, respell } from './rule';

export const unresolvedInput: Rule = {
  id: 'unresolved-input',
  group: 'names',
  severity: 'error',
  summary: 'A wire that feeds an input which does not exist.',
  why: 'The value would go nowhere.',
  check(analysis, report) {
    for (const { step, target, wires, missingInputs } of analysis.inference?.graph.steps.values() ?? []) {
      const inputs = inputNames(target);
      if (!inputs) continue;
      for (const { wire, input } of wires) {
        if (input !== undefined) continue;
        const what = step.op?.value ?? step.module?.reference.name ?? step.name;
        if (!wire.port) {
          report({
            range: wire.range,
            message: `\`${what}\` takes ${inputs.length} input${inputs.length === 1 ? '' : 's'}, ${listed(inputs)}`,
          });
          continue;
        }
        const { value, range } = wire.port;
        const near = nearest(value, inputs) ?? (inputs.length === 1 ? inputs[0] : undefined);
        report({
          range,
          message: `\`${what}\` has no input \`${value}\`; it has ${listed(inputs)}`,
          propose: () =>
            [...new Set([...(near ? [near] : []), ...missingInputs])].map((name) =>
              respell(analysis, range, name),
            ),
        });
      }
    }
  },
};
