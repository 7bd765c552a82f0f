import type { Size } from '../../../step/program';
import type { Attributes } from '../graph-builder';
import * as attr from '../protobuf/attributes';

type Pads = readonly [readonly [number, number], readonly [number, number]];

interface Axis {
  /** Length of the input, where known. */
  size: Size;
  /** Extent of the window, dilation counted. */
  window: number;
  stride: number;
}

/** What TensorFlow's SAME would pad along an axis, if that can be told. */
function samePads({ size, window, stride }: Axis): [number, number] | undefined {
  if (typeof size !== 'number' && stride !== 1) return undefined;
  const total =
    typeof size === 'number'
      ? Math.max((Math.ceil(size / stride) - 1) * stride + window - size, 0)
      : window - 1;
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

const equal = (left: readonly number[], right: readonly number[] | undefined): boolean =>
  right !== undefined && left[0] === right[0] && left[1] === right[1];

/** The best-supported name of a padding: VALID, SAME, or undefined where it can only be spelled out. */
export function namedPadding(pads: Pads, axes: readonly [Axis, Axis]): 'VALID' | 'SAME' | undefined {
  if (pads.every((pad) => equal(pad, [0, 0]))) return 'VALID';
  return pads.every((pad, i) => equal(pad, samePads(axes[i]!))) ? 'SAME' : undefined;
}

/** Attributes `padding` and `explicit_paddings` of a convolution, channels last. */
export function paddingAttributes(pads: Pads, axes: readonly [Axis, Axis]): Attributes {
  const named = namedPadding(pads, axes);
  if (named) return { padding: attr.string(named), explicit_paddings: attr.ints([]) };
  return {
    padding: attr.string('EXPLICIT'),
    explicit_paddings: attr.ints([0, 0, ...pads[0], ...pads[1], 0, 0]),
  };
}
