import type { Builder } from '../builder';
import type { Size, TensorId } from '../program';
import { product } from '../sizes';
import type { Contribution, RowProduct } from './rule';

/**
 * The sum of what all readers of a tensor pass back. One may be read piece by piece, and weights for each piece; so
 * pieces are laid end to end (padding each to full length would cost the square of it), and row products are made as one.
 */
export function accumulate(b: Builder, id: TensorId, contributions: Contribution[]): TensorId {
  const whole: TensorId[] = [];
  const byAxis = new Map<number, Stretch[]>();
  const products = new Map<string, RowProduct[]>();
  for (const contribution of contributions) {
    if ('left' in contribution) {
      const shapes = [contribution.left, contribution.right]
        .map((side) => b.shape(side).join(' '))
        .join(' | ');
      products.set(shapes, [...(products.get(shapes) ?? []), contribution]);
    } else if ('piece' in contribution) {
      const { axis, begin } = contribution.piece;
      const end = begin + b.staticSize(contribution.gradient, axis);
      byAxis.set(axis, [...(byAxis.get(axis) ?? []), { gradient: contribution.gradient, begin, end }]);
    } else whole.push(contribution.gradient);
  }
  for (const [axis, stretches] of byAxis) {
    for (const row of rows(b, stretches)) whole.push(layOut(b, row, axis, b.staticSize(id, axis)));
  }
  for (const group of products.values()) {
    const lefts = group.map(({ left }) => left);
    const rights = group.map(({ right }) => right);
    whole.push(b.matmul(stack(b, lefts), stack(b, rights), true, false));
  }
  return whole.reduce((sum, gradient) => b.add(sum, gradient));
}

/** Matrices of one shape under each other. */
function stack(b: Builder, matrices: TensorId[]): TensorId {
  const [rowCount, columns] = b.shape(matrices[0]!) as [Size, Size];
  if (matrices.length === 1) return matrices[0]!;
  const layers = matrices.map((matrix) => b.reshape(matrix, [1, rowCount, columns]));
  return b.reshape(b.concat(layers, 0), [product([matrices.length, rowCount]), columns]);
}

interface Stretch {
  gradient: TensorId;
  begin: number;
  end: number;
}

/** Equal stretches are summed; what still overlaps is dealt into rows without overlap. */
function rows(b: Builder, pieces: Stretch[]): Stretch[][] {
  const result: Stretch[][] = [];
  for (const piece of [...pieces].sort((x, y) => x.begin - y.begin || x.end - y.end)) {
    const same = result.flat().find(({ begin, end }) => begin === piece.begin && end === piece.end);
    if (same) {
      same.gradient = b.add(same.gradient, piece.gradient);
      continue;
    }
    const row = result.find((others) => others.at(-1)!.end <= piece.begin);
    if (row) row.push({ ...piece });
    else result.push([{ ...piece }]);
  }
  return result;
}

/** Pieces end to end, gaps filled with zeros. */
function layOut(b: Builder, pieces: Stretch[], axis: number, length: number): TensorId {
  const parts = pieces.map(({ gradient, begin, end }, index) => {
    const before = index === 0 ? begin : begin - pieces[index - 1]!.end;
    const after = index === pieces.length - 1 ? length - end : 0;
    const pads = b.shape(gradient).map((_, at): [number, number] => (at === axis ? [before, after] : [0, 0]));
    return b.pad(gradient, pads);
  });
  return b.concat(parts, axis);
}
