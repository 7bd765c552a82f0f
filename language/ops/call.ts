/** What shape rules have in common: reading a call, and saying what does not fit it. */
import { Dim } from '../types/dim';
import { describeRank } from '../types/fit';
import { type DType, printType, type TensorType } from '../types/type';
import type { OpCall, OpInput, OpResult, OpWeight } from './op';

export const input = (doc: string): OpInput => ({ name: 'in', doc });
export const output = (doc: string) => ({ name: 'out', doc });

/** One output named `out`; undefined when it cannot be known. */
export function result(out: TensorType | undefined, weights: OpWeight[] = [], flops?: Dim): OpResult {
  return { outputs: out ? { out } : {}, weights, ...(flops ? { flops } : {}) };
}

export function typeOf(call: OpCall, name = 'in'): TensorType {
  const type = call.inputs[name];
  if (type === undefined || Array.isArray(type)) throw new TypeError(`the input \`${name}\` has no type`);
  return type;
}

export function optionalType(call: OpCall, name: string): TensorType | undefined {
  const type = call.inputs[name];
  return Array.isArray(type) ? undefined : type;
}

export function typesOf(call: OpCall, name = 'in'): TensorType[] {
  const types = call.inputs[name];
  return Array.isArray(types) ? types : types ? [types] : [];
}

/** An `int` attribute as a size; one that is like no other when it is not known. */
export function sizeOf(call: OpCall, name: string): Dim {
  const value = call.attributes[name];
  return value instanceof Dim ? value : call.fresh(name);
}

/** An `int` attribute whose number is known now. */
export function numberOf(call: OpCall, name: string): number | undefined {
  const value = call.attributes[name];
  return value instanceof Dim ? value.constant : typeof value === 'number' ? value : undefined;
}

export function flagOf(call: OpCall, name: string): boolean {
  return call.attributes[name] === true;
}

export function textOf(call: OpCall, name: string): string | undefined {
  const value = call.attributes[name];
  return typeof value === 'string' ? value : undefined;
}

export function sizesOf(call: OpCall, name: string): Dim[] | undefined {
  const value = call.attributes[name];
  if (value instanceof Dim) return [value];
  return Array.isArray(value) && value.every((item) => item instanceof Dim) ? (value as Dim[]) : undefined;
}

/** Checks the element type; `wanted` is what the message offers. */
export function needDtype(call: OpCall, wanted: DType[], name = 'in', type = typeOf(call, name)): boolean {
  if (wanted.includes(type.dtype)) return true;
  const help = dtypeHelp(type.dtype, wanted);
  call.fail({
    input: name,
    kind: 'dtype',
    message: `\`${name}\` takes ${wanted.join(' or ')}, not ${printType(type)}`,
    ...(help ? { help } : {}),
  });
  return false;
}

export const floats: DType[] = ['float32', 'float16', 'bfloat16', 'float64'];
export const wholes: DType[] = ['int32', 'int64'];

export function needFloat(call: OpCall, name = 'in', type = typeOf(call, name)): boolean {
  if (floats.includes(type.dtype)) return true;
  return needDtype(call, ['float32'], name, type);
}

function dtypeHelp(from: DType, wanted: DType[]): string | undefined {
  if (from === 'string')
    return 'turn text into numbers first, with `word_ids` or a vectorizer such as `std/text-vectorizer`';
  const floatWanted = wanted.includes('float32');
  if (floatWanted && wholes.includes(from))
    return 'look whole numbers up with `embedding`, or convert them with `cast`';
  if (floatWanted && from === 'uint8') return 'scale pictures to 0…1 with `scale_image`';
  return undefined;
}

/** Checks the number of axes; `axes` names them, as in `[batch, steps, channels]`. */
export function needAxes(call: OpCall, axes: string[], name = 'in', type = typeOf(call, name)): boolean {
  if (type.lead === undefined && type.dims.length === axes.length) return true;
  const wanted = `${axes.length} ${axes.length === 1 ? 'axis' : 'axes'}, [${axes.join(', ')}]`;
  failRank(call, name, `\`${name}\` takes ${wanted}, not ${describeRank(type)}: ${printType(type)}`);
  return false;
}

/** Checks that there are at least so many named axes at the end. */
export function needLastAxes(call: OpCall, count: number, name = 'in', type = typeOf(call, name)): boolean {
  if (type.dims.length >= count) return true;
  const wanted = `at least ${count} ${count === 1 ? 'axis' : 'axes'}`;
  failRank(call, name, `\`${name}\` takes ${wanted}, not ${describeRank(type)}: ${printType(type)}`);
  return false;
}

export function failRank(call: OpCall, name: string, message: string): void {
  call.fail({ input: name, kind: 'rank', message });
}

/** The costs of what only moves numbers. */
export const noFlops = Dim.of(0);

export function lastDim(type: TensorType): Dim {
  return type.dims[type.dims.length - 1]!;
}

export function withLastDim(type: TensorType, dim: Dim): TensorType {
  return { ...type, dims: [...type.dims.slice(0, -1), dim] };
}

/** The number of elements, when the number of axes is known. */
export function elements(type: TensorType): Dim | undefined {
  return type.lead === undefined ? product(type.dims) : undefined;
}

export function product(dims: readonly Dim[]): Dim {
  return dims.reduce((all, dim) => all.times(dim), Dim.of(1));
}

/**
 * The place of an axis among `type.dims`; negative numbers count from the end. `extra` 1 allows the place after the
 * last, for a new axis. Says what is wrong when there is no such axis.
 */
export function axisOf(
  call: OpCall,
  type: TensorType,
  axis: number,
  attribute: string,
  extra = 0,
): number | undefined {
  const count = type.dims.length + extra;
  if (type.lead !== undefined && axis >= 0) {
    const message = `\`${attribute}\` must count from the end (-1 is the last axis), because ${printType(type)} has any number of axes in front`;
    call.fail({ attribute, kind: 'attribute', message });
    return undefined;
  }
  const index = axis < 0 ? axis + count : axis;
  if (index >= 0 && index < count) return index;
  const message = `there is no axis ${axis} in ${printType(type)}; axes go from ${-count} to ${count - 1}`;
  call.fail({ attribute, kind: 'attribute', message });
  return undefined;
}

/** Checks a mask of one number per step: the axes in front of the last one of what it masks. */
export function checkMask(call: OpCall, masked: TensorType, why: string): void {
  const mask = optionalType(call, 'mask');
  if (!mask || !needDtype(call, ['float32', 'bool'], 'mask') || !needAxes(call, ['batch', 'steps'], 'mask'))
    return;
  for (const [axis, dim] of mask.dims.entries()) call.equate(dim, masked.dims[axis]!, why);
}
