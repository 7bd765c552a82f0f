import type { BinaryName, UnaryName } from '../program';
import { clip } from './activation';
import type { Lowering } from './context';

const each =
  (op: UnaryName): Lowering =>
  (at) =>
    at.b.unary(op, at.input());

const compare =
  (op: BinaryName): Lowering =>
  (at) =>
    at.b.binary(op, at.input('left'), at.input('right'));

export const elementwise: Record<string, Lowering> = {
  ...Object.fromEntries(
    (['exp', 'log', 'sqrt', 'square', 'abs', 'sin', 'cos', 'logical_not'] as const).map((op) => [
      op,
      each(op),
    ]),
  ),
  ...Object.fromEntries(
    (['equal', 'less', 'less_equal', 'greater', 'greater_equal', 'logical_and', 'logical_or'] as const).map(
      (op) => [op, compare(op)],
    ),
  ),
  not_equal: (at) => at.b.unary('logical_not', at.b.binary('equal', at.input('left'), at.input('right'))),
  clip: (at) =>
    clip(
      at.b,
      at.input(),
      at.number('least', Number.NEGATIVE_INFINITY),
      at.number('greatest', Number.POSITIVE_INFINITY),
    ),
  where: (at) => at.b.select(at.input('condition'), at.input('left'), at.input('right')),
};
