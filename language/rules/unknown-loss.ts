import { nearest } from '../names/nearest';
import { allLosses, lossNamed } from '../ops/losses';
import { lossOfOther } from '../ops/other-names';
import { entriesOf, get, keyOf } from '../syntax/path';
import { listed, type Rule, respell } from './rule';

function lossMeant(value: string, names: readonly string[]): string | undefined {
  const other = lossOfOther(value);
  const bare = value.replace(/^(\w+\.)+|\(.*$/g, '');
  return other !== undefined && names.includes(other)
    ? other
    : (nearest(value, names) ?? nearest(bare, names));
}

export const unknownLoss: Rule = {
  id: 'unknown-loss',
  group: 'tasks',
  severity: 'error',
  summary: 'No loss has this name.',
  why: 'The loss says what training makes smaller.',
  check(analysis, report) {
    if (analysis.inference?.kind !== 'model') return;
    const names = allLosses().map((loss) => loss.name);
    for (const { task } of analysis.inference.tasks) {
      const [, second] = entriesOf(get(task.entry.value, 'loss'));
      if (second) {
        const message = `A task has one loss; make a task of its own for \`${keyOf(second)}\``;
        report({ range: second.key.range, message });
      }
      if (!task.loss || lossNamed(task.loss.value)) continue;
      const { value, range } = task.loss;
      const near = lossMeant(value, names);
      report({
        range,
        message: `There is no loss \`${value}\`; ${near ? `did you mean \`${near}\`?` : `there are ${listed(names)}`}`,
        propose: () => (near ? [respell(analysis, range, near)] : []),
      });
    }
  },
};
