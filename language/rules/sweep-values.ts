import type { ModelInference } from '../inference/model';
import { claimOf, settingsOf, valueProblem } from '../inference/settings';
import { entriesOf, get, keyOf } from '../syntax/path';
import type { Range, TreeNode } from '../syntax/tree';

/** Values that a sweep is to try for a param, and that this cannot have. */
export function sweepProblems({ model, graph }: ModelInference): { range: Range; message: string }[] {
  return entriesOf(get(model.train, 'sweep')).flatMap(({ key, value }) => {
    const [part = '', ...rest] = String(key.value).split('.');
    const step = graph.steps.get(part);
    const name = rest.join('.');
    const setting = step && settingsOf(step.target).get(name);
    if (!setting) return [];
    return tried(value).flatMap((node) => {
      const message = valueProblem(node, setting);
      return message === undefined ? [] : [{ range: node.range, message: claimOf(name, message) }];
    });
  });
}

/** Each value of a list; of a range, where it ends, unless its steps are rounded. */
function tried(node: TreeNode | undefined): TreeNode[] {
  if (node?.kind === 'sequence') return node.items;
  const ends = entriesOf(node).filter((entry) => ['min', 'max'].includes(keyOf(entry)));
  return get(node, 'int') ? [] : ends.flatMap(({ value }) => value ?? []);
}
