import type { FlatNode } from '../inference/flatten';
import { engineNamed } from '../plan/engines/engines';
import type { DType } from '../plan/format';
import { remember } from '../remember';
import type { Rule } from './rule';

export const dtypeEmulated: Rule = {
  id: 'dtype-emulated',
  group: 'tasks',
  severity: 'information',
  summary: 'An element type that the engine computes in another precision.',
  why: 'Results are right for the type that is computed with: memory, speed and rounding are those of that type. It is said once for each type.',
  check(analysis, report) {
    const { inference } = analysis;
    const engine = engineNamed(analysis.engine);
    if (inference?.kind !== 'model' || !engine.shipped) return;
    const { model } = inference;
    const said = new Set<DType>();
    const native = remember(asTheyAre, engine, () => new WeakSet());
    for (const node of analysis.flat()?.nodes ?? []) {
      if (native.has(node)) continue;
      if (dtypesOf(node).every((dtype) => !engine.dtypes[dtype])) native.add(node);
      const step = model.parts.get(node.part) ?? model.plugs.get(node.part)?.step;
      for (const dtype of dtypesOf(node)) {
        const other = engine.dtypes[dtype];
        if (!other || !step || said.has(dtype)) continue;
        said.add(dtype);
        report({
          range: step.module?.range ?? step.share?.range ?? step.key,
          message: `\`${engine.name}\` computes ${dtype} as ${other}; the first to have it is \`${node.id}\``,
          related: [{ file: node.file, range: node.range, message: `gives ${dtype}` }],
        });
      }
    }
  },
};

/** Nodes that an engine computes as they are: most of a composition stays the same after an edit. */
const asTheyAre = new WeakMap<object, WeakSet<FlatNode>>();

/** Of what it gives while the model runs. */
function dtypesOf({ op, outputs }: FlatNode): DType[] {
  return op.stage === 'graph' ? [...outputs.values()].map(({ dtype }) => dtype) : [];
}
