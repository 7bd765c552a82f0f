import { datasetsBehind } from '../inference/behind';
import type { Rule } from './rule';
import { listed } from './rule';

export const taskCrossesDatasets: Rule = {
  id: 'task-crosses-datasets',
  group: 'tasks',
  severity: 'error',
  summary: 'A task compares what comes from one dataset with the truth of another.',
  why: 'Rows of two datasets have nothing to do with each other: the first prediction would be held against the first row of another file.',
  check({ inference }, report) {
    if (inference?.kind !== 'model') return;
    for (const { task, target } of inference.tasks) {
      if (!task.output || target?.status !== 'found' || !inference.data.has(target.owner)) continue;
      const from = datasetsBehind(task.output.reference.owner, inference.graph, inference.data);
      const others = [...from].filter((alias) => alias !== target.owner);
      if (others.length === 0) continue;
      report({
        range: task.output.range,
        message: `\`${task.output.value}\` comes from ${listed(others)}, so it cannot be held against \`${task.target!.value}\``,
        related: others.flatMap((alias) => {
          const data = inference.data.get(alias);
          return data
            ? [{ file: inference.model.file, range: data.data.key, message: `\`${alias}\` is here` }]
            : [];
        }),
      });
    }
  },
};
