import type { Builder } from '../builder';
import type { Instruction, Primitive, TensorId } from '../program';

/**
 * What one instruction passes on to one of its operands. A `piece` says that the gradient covers only a stretch of the
 * operand along one axis and is zero elsewhere, so that many pieces can be put together at once.
 */
export interface Contribution {
  to: TensorId;
  gradient: TensorId;
  piece?: { axis: number; begin: number };
}

/** The instruction being differentiated: `id` is its result, `gradient` that of the loss with respect to the result. */
export interface Differentiated<P> {
  b: Builder;
  id: TensorId;
  instruction: P;
  gradient: TensorId;
  /** Whether anything trainable lies behind an operand; computing a gradient for it is wasted otherwise. */
  needs(operand: TensorId): boolean;
}

type Named<P, Name> = P extends { op: infer Names } ? (Name extends Names ? P : never) : never;
export type InstructionOf<Name extends Primitive['op']> = Named<Instruction, Name>;
export type Rule<Name extends Primitive['op']> = (at: Differentiated<InstructionOf<Name>>) => Contribution[];

/** Rules of a family of primitives. `null`: a primitive through which no gradient flows. */
export type Rules<Names extends Primitive['op']> = { [Name in Names]: Rule<Name> | null };
