import { isPretrained, type PretrainedScope, pretrainedOf } from '../inference/pretrained';
import { locatedText } from '../names/declarations';
import type { SourceFile } from '../names/source-file';
import { type Analysis, type Rule, replace } from './rule';

export const weightsMissing: Rule = {
  id: 'weights-missing',
  group: 'transfer',
  severity: 'error',
  summary: '`weights: pretrained` of a brick that ships none.',
  why: 'The part would start from random values, not from what it is believed to know. A brick of the workspace ships weights as soon as it is published with those of a run.',
  check(analysis, report) {
    const { inference } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    const { steps } = inference.graph;
    const scope: PretrainedScope = { steps, flat, names: analysis.catalogue, origin: originIn(analysis) };
    for (const inferred of [...steps.values(), ...inference.plugs.values()]) {
      const { step, target } = inferred;
      const weights = locatedText(step.extras.get('weights')?.value);
      if (!isPretrained(inferred) || !weights || target.kind !== 'module') continue;
      const { from } = pretrainedOf(inferred, scope);
      if (from === 'file') continue;
      const brick = `\`${step.module?.reference.name}\` ${target.module.version?.value ?? ''}`;
      report({
        range: weights.range,
        ...(from === 'none'
          ? { message: `${brick} ships no weights; write \`run:\` and a run or a model that trained it` }
          : {
              severity: 'warning',
              message: `${brick} is not published yet, so there are no weights to take`,
              help: `train it and publish it: brique publish ${step.module?.reference.name} --run <run>`,
            }),
        propose: () => [replace(analysis, weights.range, 'fresh', 'Start from fresh weights')],
      });
    }
  },
};

/** Of the bricks that a composition names. */
function originIn({ catalogue, inference }: Analysis): (file: string) => SourceFile['origin'] {
  const origins = new Map<string, SourceFile['origin']>();
  const steps =
    inference?.kind === 'model' ? [...inference.graph.steps.values(), ...inference.plugs.values()] : [];
  for (const { step } of steps) {
    const lookup = step.module && catalogue.find('module', step.module.reference);
    if (lookup?.status === 'found') origins.set(lookup.source.file, lookup.source.origin);
  }
  return (file) => origins.get(file) ?? 'workspace';
}
