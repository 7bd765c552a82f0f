/** Rows in batches: a smaller last one is kept. */
import type { HostTensor } from '../step/program';
import { inOrder, shuffled } from './shuffle';
import { gatherTensor } from './value';

export type Tensors = Record<string, HostTensor>;

/** Row numbers of each batch of one epoch; without a seed, in order. */
export function* batchRows(
  rows: number,
  size: number,
  shuffle?: { seed: number; epoch: number; stream?: number },
): Generator<Int32Array> {
  const order = shuffle ? shuffled(rows, shuffle.seed, shuffle.epoch, shuffle.stream) : inOrder(rows);
  for (let from = 0; from < rows; from += size) yield order.subarray(from, Math.min(from + size, rows));
}

/** `over`: a batch that is no longer needed, whose memory is taken where it has as many rows. */
export function gatherBatch(
  tensors: Tensors,
  names: string[],
  rows: Int32Array,
  over: Tensors = {},
): Tensors {
  const batch: Tensors = {};
  for (const name of names) {
    const tensor = tensors[name];
    if (!tensor) throw new Error(`no prepared value ${name}`);
    batch[name] = gatherTensor(tensor, rows, over[name]);
  }
  return batch;
}
