import type { PlanData, PlanEvaluate, ValueId } from '../../language/plan/format';
import { isMissing } from './missing';
import type { Slice } from './prepared';
import type { HostValue } from './value';

/** The columns that an evaluation is divided by: those it names, and those that requirements hold for. */
export function slicesAsked({ slices, require }: PlanEvaluate): ValueId[] {
  return [...new Set([...slices, ...require.flatMap(({ slice }) => slice ?? [])])];
}

/** The groups that a column divides rows into, by label where it has labels. */
export function sliceOf(data: PlanData, id: ValueId, value: HostValue, rows: Int32Array): Slice {
  const column = data.columns.find((candidate) => `${data.alias}.${candidate.name}` === id);
  const name = (row: number): string => {
    if (value.kind === 'text') return value.values[row]! || '(none)';
    if (value.kind === 'pictures') return value.pictures[row]!.key;
    const { labels } = column ?? {};
    if (column?.type === 'labels' && labels) {
      const own = labels.filter((_, i) => value.tensor.data[row * labels.length + i] === 1);
      return own.map((label) => label.name).join(', ') || '(none)';
    }
    const raw = value.tensor.data[row]!;
    if (isMissing(value.tensor.dtype, raw)) return '(none)';
    return labels?.[raw]?.name ?? String(raw);
  };
  const texts = Array.from(rows, name);
  const names = [...new Set(texts)].sort();
  const index = new Map(names.map((text, i) => [text, i]));
  return { names, groups: Int32Array.from(texts, (text) => index.get(text)!) };
}
