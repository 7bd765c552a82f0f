import { trainOf } from '../plan/training';
import { get } from '../syntax/path';
import type { Rule } from './rule';

export const warmupTooLong: Rule = {
  id: 'warmup-too-long',
  group: 'tasks',
  severity: 'error',
  summary: 'A warm-up that lasts as long as the training.',
  why: 'The learning rate would never be what the optimizer says.',
  check({ inference }, report) {
    if (inference?.kind !== 'model') return;
    const { epochs, schedule } = trainOf(inference.model.train);
    const at = get(get(inference.model.train, 'schedule'), 'warmup');
    if (!at || !schedule || schedule.warmup < epochs || epochs < 1) return;
    report({
      range: at.range,
      message: `The warm-up takes ${schedule.warmup} epochs, but training ends after ${epochs}`,
    });
  },
};
