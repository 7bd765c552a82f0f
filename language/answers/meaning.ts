/** What a name in a file can mean. */
import type { InferredStep } from '../inference/graph';
import type { Lookup } from '../names/catalogue';
import type { DatasetDeclaration, ModelDeclaration, ModuleDeclaration, Port } from '../names/declarations';
import type { Loss } from '../ops/losses';
import type { Metric } from '../ops/metrics';
import type { Op } from '../ops/op';
import type { Range } from '../syntax/tree';
import type { TensorType } from '../types/type';
import type { Location } from './answers';

export type Meaning =
  | { kind: 'module'; module: ModuleDeclaration; lookup?: Lookup<'module'> }
  | { kind: 'dataset'; dataset: DatasetDeclaration }
  | { kind: 'op'; op: Op }
  | { kind: 'attribute'; op: Op; name: string }
  | { kind: 'param'; module: ModuleDeclaration; name: string }
  | {
      kind: 'port';
      direction: 'input' | 'output';
      module: ModuleDeclaration;
      port: Port;
      type: TensorType | undefined;
    }
  | { kind: 'value'; name: string; type: TensorType | undefined }
  | { kind: 'step'; inferred: InferredStep }
  | { kind: 'alias'; alias: string; dataset: DatasetDeclaration | undefined }
  | { kind: 'column'; dataset: DatasetDeclaration; name: string }
  | { kind: 'task'; name: string }
  | { kind: 'model'; model: ModelDeclaration }
  | { kind: 'loss'; loss: Loss }
  | { kind: 'metric'; metric: Metric }
  | { kind: 'point'; module: ModuleDeclaration; name: string }
  | { kind: 'size'; name: string; module: ModuleDeclaration };

export interface Occurrence {
  range: Range;
  meaning: Meaning;
  /** Where it is declared; undefined for what is built in. Two occurrences mean the same if this is the same. */
  declared: Location | undefined;
}
