import { nearest } from '../names/nearest';
import { formerlyIn } from '../names/renames';
import { loraTargets } from '../names/settings-names';
import { isTarget } from '../plan/targets';
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
      const targets = loraTargets(step);
      if (targets.length === 0 || !isOpened(flat, step.name)) continue;
      const names = layersOf(flat, step.name);
      const formerly = target.kind === 'module' ? formerlyIn(target.module) : {};
      for (const { value, range } of targets) {
        if (names.some((name) => isTarget(value, name, formerly))) continue;
        // A copy's number and the way down may be left away.
        const steps = names.flatMap((name) => name.split('/').map((step) => step.replace(/\.\d+$/, '')));
        const near = nearest(value, [...steps, ...names]);
        report({
          range,
          message: `No layer of \`${step.name}\` with parameters is called \`${value}\`; ${near ? `did you mean \`${near}\`?` : `there are ${listed(names) || 'none'}`}`,
          propose: () => (near ? [respell(analysis, range, near)] : []),
        });
      }
    }
  },
};
