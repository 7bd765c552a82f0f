import { isLossless } from '../types/dtype';
import { type DType, isDtype } from '../types/type';
import type { Rule } from './rule';

export const dtypeLossy: Rule = {
  id: 'dtype-lossy',
  group: 'shapes',
  severity: 'warning',
  summary: 'A `cast` to an element type that cannot hold every value.',
  why: 'Fractions are cut off, large numbers overflow or lose digits, and nothing says so at run time.',
  check({ inference }, report) {
    for (const { step, target, wires, values } of inference?.graph.steps.values() ?? []) {
      const to = values.get('to');
      if (target.kind !== 'op' || target.op.name !== 'cast' || typeof to !== 'string' || !isDtype(to))
        continue;
      const source = wires[0]?.target;
      const type =
        source?.status === 'found' && source.type
          ? inference!.graph.solver.resolveType(source.type)
          : undefined;
      if (!type || type.oneOf || isHarmless(type.dtype, to)) continue;
      report({
        range: step.settings.get('to')?.value?.range ?? step.key,
        message: `\`${step.name}\` turns ${type.dtype} into ${to}, which ${lossOf(type.dtype, to)}`,
      });
    }
  },
};

/** Counts, ids and labels, which int32 is for, stay far below the 2^24 that float32 holds exactly; bool asks for 0 or not. */
function isHarmless(from: DType, to: DType): boolean {
  return to === 'bool' || isLossless(from, to) || (from === 'int32' && to === 'float32');
}

function lossOf(from: DType, to: DType): string {
  const isFloat = (dtype: DType) => dtype.includes('float');
  if (isFloat(from) && !isFloat(to)) return 'cuts off fractions';
  if (!isFloat(to)) return 'cannot hold every number of it';
  return 'holds fewer digits';
}
