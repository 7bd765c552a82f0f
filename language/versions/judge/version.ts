/** One version of a brick, as a workspace or a registry has it. */
import type { SourceFile } from '../../names/source-file';

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

export interface BrickVersion {
  source: SourceFile;
  weights?: Weights;
}
