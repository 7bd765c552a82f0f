import type { Instruction, Primitive, TensorId } from '../../../step/program';
import type { Heap, Tensor } from '../heap';

/** What is known of an instruction before it runs: all sizes are numbers. */
export interface Preparation<P> {
  heap: Heap;
  instruction: P;
  /** Of the result. */
  shape: number[];
  shapeOf(id: TensorId): number[];
  dtypeOf(id: TensorId): Instruction['dtype'];
}

/** Makes the result from the tensors so far, indexed by id. */
export type Run = (tensors: Tensor[]) => Tensor;

type Named<P, Name> = P extends { op: infer Names } ? (Name extends Names ? P : never) : never;
export type KernelFor<Name extends Primitive['op']> = (at: Preparation<Named<Instruction, Name>>) => Run;
export type Kernels<Names extends Primitive['op']> = { [Name in Names]: KernelFor<Name> };
