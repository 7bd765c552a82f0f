import { asText } from '../syntax/path';
import { type Rule, replace } from './rule';

export const nothingTrainable: Rule = {
  id: 'nothing-trainable',
  group: 'transfer',
  severity: 'error',
  summary: 'Every part is frozen.',
  why: 'Training could change nothing.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model' || !inference.model.train) return;
    const parts = [...inference.model.parts.values()].filter(({ share }) => !share);
    const trains = parts.map((part) => part.extras.get('train'));
    if (trains.length === 0 || !trains.every((train) => asText(train?.value) === 'frozen')) return;
    const [first, ...rest] = trains;
    report({
      range: first!.range,
      message: 'Every part is frozen, so there is nothing to train; unfreeze one',
      propose: () =>
        parts.map((part) => {
          const { value, range } = part.extras.get('train')!;
          return replace(analysis, value?.range ?? range, 'full', `Unfreeze \`${part.name}\``);
        }),
      related: rest.map((train) => ({
        file: inference.model.file,
        range: train!.range,
        message: 'frozen too',
      })),
    });
  },
};
