import type { Builder } from '../builder';
import type { Instruction, Primitive, TensorId } from '../program';

/** What one instruction passes on to one of its operands. */
export type Contribution = Whole | Piece | RowProduct;

export interface Whole {
  to: TensorId;
  gradient: TensorId;
}

/** Covers only a stretch of the operand along one axis, and is zero elsewhere. Pieces are put together at once. */
export interface Piece extends Whole {
  piece: { axis: number; begin: number };
}

/** leftᵀ · right, two matrices with the same rows. Several of the same shape become one product of more rows. */
export interface RowProduct {
  to: TensorId;
  left: TensorId;
  right: TensorId;
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
