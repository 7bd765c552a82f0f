import { trainOf, trainPhasesOf } from '../plan/training';
import { get, itemsOf } from '../syntax/path';
import { type Rule, replace } from './rule';

export const phaseUnreached: Rule = {
  id: 'phase-unreached',
  group: 'tasks',
  severity: 'warning',
  summary: 'A part has a training phase that never begins.',
  why: 'A part that is to be unfrozen after more epochs than there are stays frozen, and nothing comes after a phase without end.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model' || !inference.model.train) return;
    const { train } = inference.model;
    const { epochs } = trainOf(train);
    const at = get(train, 'epochs');
    for (const { step } of inference.graph.steps.values()) {
      const phases = step.extras.get('train')?.value;
      const lengths = trainPhasesOf(phases);
      let begun = 0;
      for (const [index, phase] of itemsOf(phases).entries()) {
        if (begun >= epochs) {
          const wanted = begun + 1;
          const endless = begun === Number.POSITIVE_INFINITY;
          report({
            range: phase.range,
            message: endless
              ? 'This phase never begins: the one before it does not say for how many epochs it lasts'
              : `This phase begins after epoch ${begun}, but training ends after ${epochs}`,
            propose: () =>
              at && !endless
                ? [replace(analysis, at.range, String(wanted), `Train for ${wanted} epochs`)]
                : [],
          });
          break;
        }
        begun += lengths[index]?.epochs ?? Number.POSITIVE_INFINITY;
      }
    }
  },
};
