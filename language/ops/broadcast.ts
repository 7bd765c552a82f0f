/** Shapes that line up at the end, as in NumPy. */
import { printType, type TensorType } from '../types/type';
import type { OpCall } from './op';

/** The larger of two shapes that line up at the end; an axis of size 1 is repeated. */
export function broadcast(call: OpCall, a: TensorType, b: TensorType, why: string): TensorType {
  const [wide, narrow] = isWider(b, a) ? [b, a] : [a, b];
  const offset = wide.dims.length - narrow.dims.length;
  const dims = wide.dims.map((dim, axis) => {
    const other = narrow.dims[axis - offset];
    if (other === undefined || (other.constant === 1 && dim.constant === 1)) return dim;
    if (other.constant === 1 || dim.constant === 1) {
      const [one, size] = other.constant === 1 ? [narrow, dim] : [wide, other];
      call.repeated?.(one, wide.dims.length - 1 - axis, size);
      return size;
    }
    if (dim.equals(other)) return dim;
    call.equate(dim, other, `${why}: axis ${axis} of ${printType(a)} and ${printType(b)}`);
    return call.resolve(dim);
  });
  return { ...wide, dims };
}

/** The shape that all are repeated to; `op` goes element by element. */
export function broadcastAll(call: OpCall, types: TensorType[], op: string): TensorType {
  return types.reduce((a, b) => broadcast(call, a, b, `\`${op}\` goes element by element`));
}

function isWider(a: TensorType, b: TensorType): boolean {
  if ((a.lead === undefined) !== (b.lead === undefined)) return a.lead !== undefined;
  return a.dims.length > b.dims.length;
}

/** Leading axes of two names cannot be lined up. */
export function sameLead(call: OpCall, types: TensorType[], name: string): boolean {
  const leads = new Set(types.flatMap((type) => type.lead ?? []));
  const [first, other] = types;
  if (leads.size <= 1) return true;
  call.fail({
    input: name,
    kind: 'rank',
    message: `${printType(first!)} and ${printType(other!)} may have different numbers of axes in front`,
  });
  return false;
}

export function sameDtype(call: OpCall, types: TensorType[], name: string): boolean {
  const other = types.find((type) => type.dtype !== types[0]!.dtype);
  if (!other) return true;
  call.fail({
    input: name,
    kind: 'dtype',
    message: `all inputs have the same element type, but there are ${printType(types[0]!)} and ${printType(other)}`,
    help: 'convert one with `cast`',
  });
  return false;
}
