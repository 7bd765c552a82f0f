/** What ops that move numbers have in common. */
import type { Dim } from '../types/dim';
import { describeRank } from '../types/fit';
import { printType, type TensorType } from '../types/type';
import { axisOf, failRank, numberOf, output } from './call';
import type { Op, OpAttribute, OpCall } from './op';

export const shaping = (
  op: Omit<Op, 'category' | 'stage' | 'outputs'> & { outputs?: Op['outputs'] },
): Op => ({
  category: 'shape',
  stage: 'graph',
  outputs: [output('The same numbers.')],
  ...op,
});

export const axisAttribute = (doc: string, fallback?: number): OpAttribute => ({
  type: 'int',
  ...(fallback === undefined ? { required: true } : { default: fallback }),
  doc: `${doc} 0 is the first; negative numbers count from the end.`,
});

/** The place of the axis that the attribute `axis` names; see `axisOf`. */
export function placeOf(call: OpCall, type: TensorType, extra = 0): number | undefined {
  const axis = numberOf(call, 'axis');
  return axis === undefined ? undefined : axisOf(call, type, axis, 'axis', extra);
}

/** The same type with another size at one place. */
export const resized = (type: TensorType, at: number, size: Dim): TensorType => ({
  ...type,
  dims: type.dims.map((dim, index) => (index === at ? size : dim)),
});

/** Axes other than the first can be told apart only when none are hidden in `...lead`. */
export function needKnownRank(call: OpCall, type: TensorType): boolean {
  if (type.lead === undefined && type.dims.length >= 1) return true;
  failRank(call, 'in', `\`in\` takes a known number of axes, not ${describeRank(type)}: ${printType(type)}`);
  return false;
}

/** Checks that two of many inputs have one element type and number of axes. */
export function alike(call: OpCall, first: TensorType, other: TensorType): boolean {
  if (other.dtype !== first.dtype) {
    call.fail({
      input: 'in',
      kind: 'dtype',
      message: `all inputs have the same element type, but there are ${printType(first)} and ${printType(other)}`,
      help: 'convert one with `cast`',
    });
    return false;
  }
  if (other.lead === first.lead && other.dims.length === first.dims.length) return true;
  failRank(
    call,
    'in',
    `all inputs have the same number of axes, but there are ${printType(first)} and ${printType(other)}`,
  );
  return false;
}
