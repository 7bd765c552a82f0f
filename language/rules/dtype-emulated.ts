import type { OpenedOp } from '../inference/opened';
import type { OpTest } from '../inference/ops-in';
import type { Engine } from '../plan/engines/engine';
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
    const isEmulated = remember(
      tests,
      engine,
      (): OpTest => (op) => dtypesOf(op).some((dtype) => engine.dtypes[dtype]),
    );
    for (const node of analysis.flat()?.where(isEmulated) ?? []) {
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

const tests = new WeakMap<Engine, OpTest>();

/** Of what it gives while the model runs. */
function dtypesOf({ op, outputs }: OpenedOp): DType[] {
  return op.stage === 'graph' ? [...outputs.values()].map(({ dtype }) => dtype) : [];
}
