/** One version of a brick, as a workspace or a registry has it. */
import type { SourceFile } from '../../names/source-file';
import type { MeasuredValue } from './guarantees';

export interface Tensor {
  dtype: string;
  shape: readonly number[];
}

/** What is known of a version's weights without reading the numbers. */
export interface Weights {
  /** Of the whole file. */
  hash: string;
  /** From the file's header, by name within the brick: `windows.kernel`. */
  tensors?: ReadonlyMap<string, Tensor>;
}

/** How the composition that trained the weights did with them. */
export interface Measured {
  /** The composition, its split and its data: only what was measured in the same place is compared. */
  where: string;
  /** By `task.metric`. */
  values: ReadonlyMap<string, MeasuredValue>;
}

export interface BrickVersion {
  source: SourceFile;
  weights?: Weights;
  measured?: Measured;
}

/** What a run has measured, and where; undefined where nothing was. */
export function measuredIn({
  model,
  data,
  measured,
}: {
  model?: string;
  data: readonly { name: string; hash: string }[];
  measured?: { split: string; values: readonly (MeasuredValue & { metric: string })[] };
}): Measured | undefined {
  if (!measured || model === undefined) return undefined;
  const name = model.slice(0, model.lastIndexOf('@'));
  const sources = data.map((each) => `${each.name} ${each.hash}`).sort();
  return {
    where: [name, measured.split, ...sources].join('\n'),
    values: new Map(measured.values.map(({ metric, value, rows }) => [metric, { value, rows }])),
  };
}
