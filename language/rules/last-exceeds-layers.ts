import { asNumber, get } from '../syntax/path';
import { type Rule, replace } from './rule';
import { isOpened, layersOf } from './trained-parts';

export const lastExceedsLayers: Rule = {
  id: 'last-exceeds-layers',
  group: 'transfer',
  severity: 'error',
  summary: 'More last layers are to learn than the part has.',
  why: 'Then all of it learns, which is `full`, and nothing is kept as it was.',
  check(analysis, report) {
    const { inference } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    for (const { step } of inference.graph.steps.values()) {
      const train = step.extras.get('train')?.value;
      if (!isOpened(flat, step.name)) continue;
      const layers = layersOf(flat, step.name).length;
      for (const phase of train?.kind === 'sequence' ? train.items : [train]) {
        const last = get(phase, 'last');
        const count = asNumber(last);
        if (!last || count === undefined || count <= layers || layers === 0) continue;
        const has = layers === 1 ? 'one layer' : `${layers} layers`;
        report({
          range: last.range,
          message: `\`${step.name}\` has ${has} that can learn, not ${count}`,
          propose: () => [replace(analysis, last.range, String(layers), `Change to ${layers}`)],
        });
      }
    }
  },
};
