import { asNumber, entriesOf, get } from '../syntax/path';
import { type Rule, replace } from './rule';

export const phaseUnreached: Rule = {
  id: 'phase-unreached',
  group: 'tasks',
  severity: 'warning',
  summary: 'A part has a training phase that begins after the last epoch.',
  why: 'A part that is to be unfrozen after more epochs than there are stays frozen.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model' || !inference.model.train) return;
    const epochs = asNumber(get(inference.model.train, 'epochs'));
    if (epochs === undefined) return;
    for (const { step } of inference.graph.steps.values()) {
      const train = step.extras.get('train')?.value;
      let begun = 0;
      for (const phase of train?.kind === 'sequence' ? train.items : []) {
        if (begun >= epochs) {
          const wanted = begun + 1;
          const at = get(inference.model.train, 'epochs')!;
          report({
            range: phase.range,
            message: `This phase begins after epoch ${begun}, but training ends after ${epochs}`,
            propose: () => [replace(analysis, at.range, String(wanted), `Train for ${wanted} epochs`)],
          });
          break;
        }
        const [entry] = entriesOf(phase);
        begun += asNumber(get(phase, 'epochs')) ?? asNumber(entry?.value) ?? Number.POSITIVE_INFINITY;
      }
    }
  },
};
