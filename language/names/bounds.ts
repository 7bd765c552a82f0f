/** A bound that a metric has to keep, as `evaluate.require` and `guarantees` write it: `>= 0.75`. */
export type Comparison = '>=' | '<=' | '>' | '<';

export interface Bound {
  comparison: Comparison;
  value: number;
  /** The number as it is written. */
  written: string;
}

const bound = /^\s*(>=|<=|>|<)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*$/i;

export function parseBound(text: string): Bound | undefined {
  const [, comparison, written] = bound.exec(text) ?? [];
  if (comparison === undefined || written === undefined) return undefined;
  return { comparison: comparison as Comparison, value: Number(written), written };
}
