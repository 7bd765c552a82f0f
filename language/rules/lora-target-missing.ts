import { type Located, locatedText } from '../names/declarations';
import { nearest } from '../names/nearest';
import { formerlyIn } from '../names/renames';
import { isTarget } from '../plan/targets';
import { entriesOf, get, itemsOf, keyOf } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';
import { listed, type Rule, respell } from './rule';
import { isOpened, layersOf } from './trained-parts';

export const loraTargetMissing: Rule = {
  id: 'lora-target-missing',
  group: 'transfer',
  severity: 'error',
  summary: 'Adapters for layers that the brick does not have.',
  why: 'Nothing would be adapted there, and nothing learnt.',
  check(analysis, report) {
    const { inference } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    for (const { step, target } of inference.graph.steps.values()) {
      const targets = loraTargets(step.extras.get('train')?.value);
      if (targets.length === 0 || !isOpened(flat, step.name)) continue;
      const names = layersOf(flat, step.name);
      const formerly = target.kind === 'module' ? formerlyIn(target.module) : {};
      for (const { value, range } of targets) {
        if (names.some((name) => isTarget(value, name, formerly))) continue;
        const near = nearest(
          value,
          names.flatMap((name) => [name, name.split('/').at(-1)!]),
        );
        report({
          range,
          message: `No layer of \`${step.name}\` with parameters is called \`${value}\`; there are ${listed(names) || 'none'}`,
          propose: () => (near ? [respell(analysis, range, near)] : []),
        });
      }
    }
  },
};

function loraTargets(train: TreeNode | undefined): Located<string>[] {
  const phases = train?.kind === 'sequence' ? train.items : [train];
  return phases.flatMap((phase) =>
    entriesOf(phase)
      .filter((entry) => keyOf(entry) === 'lora')
      .flatMap(({ value }) => {
        const targets = get(value, 'targets');
        return (targets?.kind === 'sequence' ? itemsOf(targets) : [targets]).flatMap(
          (target) => locatedText(target) ?? [],
        );
      }),
  );
}
