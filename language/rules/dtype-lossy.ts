import { type DType, dtypes } from '../types/type';
import type { Rule } from './rule';

/** Types by how much they hold; a cast to the right of where it starts, within one row, loses nothing. */
const rows: DType[][] = [
  ['int8', 'int16', 'int32', 'int64'],
  ['float16', 'float32', 'float64'],
  ['bfloat16', 'float32', 'float64'],
];

export const dtypeLossy: Rule = {
  id: 'dtype-lossy',
  group: 'shapes',
  severity: 'warning',
  summary: 'A cast to a narrower type of the same kind.',
  why: 'Large ids wrap around and small differences vanish, and nothing says so when it runs.',
  check({ inference }, report) {
    for (const { step, wires, values } of inference?.graph.steps.values() ?? []) {
      const to = values.get('to');
      const source = wires[0]?.target;
      if (step.op?.value !== 'cast' || typeof to !== 'string' || source?.status !== 'found') continue;
      const from = source.type?.dtype;
      if (!from || !dtypes.includes(to as DType)) continue;
      if (
        !rows.some(
          (row) =>
            row.includes(from) && row.includes(to as DType) && row.indexOf(to as DType) < row.indexOf(from),
        )
      )
        continue;
      const at = step.settings.get('to')?.value;
      report({ range: at?.range ?? step.key, message: `From ${from} to ${to} loses what does not fit` });
    }
  },
};
