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
      if (wires.every(({ input }) => input !== undefined)) continue;
      const strange = wires.flatMap(({ wire, input }) => (input === undefined && wire.port ? wire.port : []));
      // All of them by other names: in the order of the inputs, they are one mistake.
      if (strange.length > 1 && strange.length === missingInputs.length) {
        const what = step.op?.value ?? step.module?.reference.name ?? step.name;
        const { file } = analysis.source;
        report({
          range: strange[0]!.range,
          message: `\`${what}\` has no inputs ${listed(strange.map(({ value }) => value))}; it has ${listed(inputs)}`,
          related: strange.slice(1).map(({ range }) => ({ file, range, message: 'and this' })),
          propose: () => [
            {
              title: `Change to ${listed(missingInputs)}`,
              edits: strange.map(({ range }, index) => ({ file, range, text: missingInputs[index]! })),
            },
          ],
        });
        continue;
      }
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
