/** Where in an order the relevant items stand. */
import type { HostTensor } from '../step/program';

/** What one row finds: ranks (from 1) of what is relevant, in order, and how relevant each is. */
export interface Found {
  ranks: number[];
  gains: number[];
}

/** Vectors are compared among so many rows at once: all pairs of a large split would take too long. */
const block = 1000;

/** Items of each row by their scores, the greatest first; equal ones in the order of the data. */
export function rankedItems(scores: HostTensor, relevance: HostTensor): Found[] {
  const items = scores.shape.at(-1)!;
  return Array.from({ length: scores.data.length / items }, (_, row) => {
    const from = row * items;
    const order = Array.from({ length: items }, (_, item) => item).sort(
      (a, b) => scores.data[from + b]! - scores.data[from + a]! || a - b,
    );
    const found: Found = { ranks: [], gains: [] };
    for (const [place, item] of order.entries()) {
      const gain = relevance.data[from + item]!;
      if (!(gain > 0)) continue;
      found.ranks.push(place + 1);
      found.gains.push(gain);
    }
    return found;
  });
}

/** The rank of each row's own partner by the cosine, among the partners of its block. */
export function partners(vectors: HostTensor, others: HostTensor): Found[] {
  const [left, right] = [units(vectors), units(others)];
  return left.map((vector, row) => {
    const from = row - (row % block);
    const own = dot(vector, right[row]!);
    let rank = 1;
    for (let other = from; other < Math.min(from + block, right.length); other++) {
      if (other !== row && dot(vector, right[other]!) >= own) rank += 1;
    }
    return { ranks: [rank], gains: [1] };
  });
}

/** For each row the rank of the nearest with the same label among the others of its block; none where it is alone. */
export function nearestWithLabel(vectors: HostTensor, labels: HostTensor): Found[] {
  const rows = rowsOf(vectors);
  return rows.map((vector, row) => {
    const from = row - (row % block);
    const to = Math.min(from + block, rows.length);
    let nearest = Number.POSITIVE_INFINITY;
    const distances: [distance: number, same: boolean][] = [];
    for (let other = from; other < to; other++) {
      if (other === row) continue;
      const same = labels.data[other] === labels.data[row];
      const distance = squaredDistance(vector, rows[other]!);
      distances.push([distance, same]);
      if (same && distance < nearest) nearest = distance;
    }
    if (nearest === Number.POSITIVE_INFINITY) return { ranks: [], gains: [] };
    const before = distances.filter(([distance, same]) => !same && distance <= nearest).length;
    return { ranks: [before + 1], gains: [1] };
  });
}

function rowsOf({ data, shape }: HostTensor): Float32Array[] {
  const size = shape.at(-1)!;
  return Array.from({ length: data.length / size }, (_, row) =>
    (data as Float32Array).subarray(row * size, (row + 1) * size),
  );
}

function units(vectors: HostTensor): Float32Array[] {
  return rowsOf(vectors).map((vector) => {
    const length = Math.sqrt(dot(vector, vector) + 1e-12);
    return vector.map((value) => value / length);
  });
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
