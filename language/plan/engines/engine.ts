/** What the format can say and an engine cannot do. A finding names the engine before anything runs. */
import type { DType, TrainMode } from '../format';

/** What an engine may lack beside single ops, losses and modes. */
export type Feature =
  | 'several-datasets'
  | 'schedule'
  | 'layer_decay'
  | 'accumulate'
  | 'balance'
  | 'checkpoint'
  | 'slice-requirements';

export interface Engine {
  name: string;
  /** Whether this version has it at all. */
  shipped: boolean;
  /** Names of ops in the catalogue that it does not run. */
  ops: readonly string[];
  losses: readonly string[];
  metrics: readonly string[];
  modes: readonly TrainMode['mode'][];
  /** Languages of bricks in code that it does not run. */
  code: readonly ('python' | 'typescript')[];
  /** Element types that it computes in another one. */
  dtypes: Partial<Record<DType, DType>>;
  features: readonly Feature[];
}
