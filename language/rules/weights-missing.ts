import { locatedText } from '../names/declarations';
import { type Rule, replace } from './rule';

export const weightsMissing: Rule = {
  id: 'weights-missing',
  group: 'transfer',
  severity: 'error',
  summary: '`weights: pretrained` of a brick that ships none.',
  why: 'The part would start from random values, not from what it is believed to know.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    for (const { step, target } of inference.graph.steps.values()) {
      const weights = locatedText(step.extras.get('weights')?.value);
      if (weights?.value !== 'pretrained' || target.kind !== 'module' || target.module.weights) continue;
      report({
        range: weights.range,
        message: `\`${step.module?.reference.name}\` ${target.module.version?.value ?? ''} ships no weights; write \`run:\` and a run or a model that trained it`,
        propose: () => [replace(analysis, weights.range, 'fresh', 'Start from fresh weights')],
      });
    }
  },
};
