import type { Builder } from '../builder';
import type { TensorId } from '../program';
import type { Contribution } from './rule';

/**
 * The sum of what all readers of a tensor pass back. Pieces along one axis that do not overlap are laid end to end:
 * an unrolled recurrence reads one step at a time, and padding every step to full length would cost the square of it.
 */
export function accumulate(b: Builder, id: TensorId, contributions: Contribution[]): TensorId {
  const whole = contributions.filter(({ piece }) => !piece).map(({ gradient }) => gradient);
  const byAxis = new Map<number, Piece[]>();
  for (const { gradient, piece } of contributions) {
    if (!piece) continue;
    const size = b.staticSize(gradient, piece.axis);
    const list = byAxis.get(piece.axis) ?? [];
    list.push({ gradient, begin: piece.begin, end: piece.begin + size });
    byAxis.set(piece.axis, list);
  }
  for (const [axis, pieces] of byAxis) {
    for (const row of rows(b, pieces)) whole.push(layOut(b, row, axis, b.staticSize(id, axis)));
  }
  return whole.reduce((sum, gradient) => b.add(sum, gradient));
}

interface Piece {
  gradient: TensorId;
  begin: number;
  end: number;
}

/** Equal stretches are summed; what still overlaps is dealt into rows without overlap. */
function rows(b: Builder, pieces: Piece[]): Piece[][] {
  const result: Piece[][] = [];
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
function layOut(b: Builder, pieces: Piece[], axis: number, length: number): TensorId {
  const parts = pieces.map(({ gradient, begin, end }, index) => {
    const before = index === 0 ? begin : begin - pieces[index - 1]!.end;
    const after = index === pieces.length - 1 ? length - end : 0;
    const pads = b.shape(gradient).map((_, at): [number, number] => (at === axis ? [before, after] : [0, 0]));
    return b.pad(gradient, pads);
  });
  return b.concat(parts, axis);
}
