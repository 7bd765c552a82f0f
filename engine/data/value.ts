/**
 * Rows on the host: text as strings, pictures by where they are found, everything else as tensors whose first axis is
 * the row.
 */
import type { HostTensor } from '../step/program';
import { elements } from '../step/sizes';
import type { Picture } from './pictures/picture';
import { StoredTensor } from './stored';

export type HostValue =
  | { kind: 'text'; values: string[] }
  | { kind: 'pictures'; pictures: Picture[] }
  | { kind: 'tensor'; tensor: HostTensor };

export function tensorValue(
  dtype: HostTensor['dtype'],
  shape: number[],
  data: HostTensor['data'],
): HostValue {
  return { kind: 'tensor', tensor: { dtype, shape, data } };
}

export function rowsOf(value: HostValue): number {
  if (value.kind === 'tensor') return value.tensor.shape[0] ?? 0;
  return value.kind === 'text' ? value.values.length : value.pictures.length;
}

/** The rows at `indices`, in that order. */
export function gatherRows(value: HostValue, indices: ArrayLike<number>): HostValue {
  if (value.kind === 'tensor') return { kind: 'tensor', tensor: gatherTensor(value.tensor, indices) };
  if (value.kind === 'pictures')
    return { kind: 'pictures', pictures: Array.from(indices, (row) => value.pictures[row]!) };
  return { kind: 'text', values: Array.from(indices, (row) => value.values[row]!) };
}

/** Rows of a tensor [rows, …], copied: [indices.length, …]; into the memory of `over`, rows of it from before, if that fits. */
export function gatherTensor(tensor: HostTensor, indices: ArrayLike<number>, over?: HostTensor): HostTensor {
  if (tensor instanceof StoredTensor) return tensor.gather(indices);
  const inner = tensor.shape.slice(1);
  const width = elements(inner);
  const length = indices.length * width;
  const data = over?.data.length === length ? over.data : newData(tensor, length);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * width;
    if (width === 1) data[i] = tensor.data[from]!;
    else data.set(tensor.data.subarray(from, from + width), i * width);
  }
  return { dtype: tensor.dtype, shape: [indices.length, ...inner], data };
}

/** Tensors of equally shaped rows, one after the other. */
export function joinRows(tensors: HostTensor[]): HostTensor {
  const [first] = tensors;
  if (!first) throw new Error('no tensors to join');
  const rows = tensors.reduce((sum, { shape }) => sum + shape[0]!, 0);
  const length = tensors.reduce((sum, { data }) => sum + data.length, 0);
  const data = newData(first, length);
  let at = 0;
  for (const tensor of tensors) {
    data.set(tensor.data, at);
    at += tensor.data.length;
  }
  return { dtype: first.dtype, shape: [rows, ...first.shape.slice(1)], data };
}

/** Rows like those of a tensor, to be put there. */
export function emptyRows(like: HostTensor, rows: number): HostTensor {
  const width = elements(like.shape.slice(1));
  return { dtype: like.dtype, shape: [rows, ...like.shape.slice(1)], data: newData(like, rows * width) };
}

/** Puts the rows of a tensor where `rows` says. */
export function putRows(into: HostTensor, { data, shape }: HostTensor, rows: Int32Array): void {
  const width = elements(shape.slice(1));
  for (const [from, row] of rows.entries())
    into.data.set(data.subarray(from * width, (from + 1) * width), row * width);
}

function newData(like: HostTensor, length: number): HostTensor['data'] {
  return new (like.data.constructor as new (length: number) => HostTensor['data'])(length);
}
