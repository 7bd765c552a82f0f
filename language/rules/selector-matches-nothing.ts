import { asText } from '../syntax/path';
import type { Rule } from './rule';
import { isOpened, layersOf } from './trained-parts';

export const selectorMatchesNothing: Rule = {
  id: 'selector-matches-nothing',
  group: 'transfer',
  severity: 'error',
  summary: 'A training mode or learning rate for a part that has nothing to learn.',
  why: 'It looks as if something were trained, or trained differently, and nothing is.',
  check(analysis, report) {
    const { inference } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    for (const { step } of inference.graph.steps.values()) {
      if (!isOpened(flat, step.name) || layersOf(flat, step.name).length > 0) continue;
      for (const key of ['train', 'learning_rate']) {
        const entry = step.extras.get(key);
        const mode = asText(entry?.value);
        if (!entry?.value || mode === 'full' || mode === 'frozen') continue;
        report({
          range: entry.range,
          message: `\`${step.name}\` has no parameters to learn, so \`${key}\` means nothing here`,
        });
      }
    }
  },
};
