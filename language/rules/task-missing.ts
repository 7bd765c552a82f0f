import type { Rule } from './rule';

export const taskMissing: Rule = {
  id: 'task-missing',
  group: 'tasks',
  severity: 'error',
  after: ['unknown-key'],
  summary: 'A composition that says how to train, but not what for.',
  why: 'Without a task there is no loss, and nothing to learn.',
  check({ inference, source }, report) {
    if (inference?.kind !== 'model') return;
    const { model } = inference;
    const extended = model.root.entries.some((entry) => entry.key.value === 'extends');
    const train = model.root.entries.find((entry) => entry.key.value === 'train');
    if (!train || model.tasks.size > 0 || extended || source.structure.length > 0) return;
    report({
      range: train.key.range,
      message: 'There is nothing to train for: add a task under `tasks:`, with `output`, `target` and `loss`',
    });
  },
};
