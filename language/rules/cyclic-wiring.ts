import { listed, type Rule } from './rule';

export const cyclicWiring: Rule = {
  id: 'cyclic-wiring',
  group: 'names',
  severity: 'error',
  summary: 'Steps that feed each other in a circle.',
  why: 'None of them could be computed first.',
  check({ inference, source }, report) {
    const cycle = inference?.graph.cycle ?? [];
    const steps = cycle.flatMap((name) => inference?.graph.steps.get(name)?.step ?? []);
    const [first, ...rest] = steps;
    if (!first) return;
    report({
      range: first.key,
      message:
        rest.length === 0 ? `\`${first.name}\` feeds itself` : `${listed(cycle)} feed each other in a circle`,
      related: rest.map((step) => ({
        file: source.file,
        range: step.key,
        message: `\`${step.name}\` is on the circle`,
      })),
    });
  },
};
