import type { ElementType } from '../../../step/program';
import * as wire from './wire';

/** tensorflow/core/framework/types.proto */
export const dataTypes = {
  float32: 1,
  int32: 3,
  string: 7,
  int64: 9,
  bool: 10,
  resource: 20,
  variant: 21,
  uint64: 23,
} as const;
export type DataType = keyof typeof dataTypes;

export type TensorData = Float32Array | Int32Array | Uint8Array | BigUint64Array;

/** An AttrValue (tensorflow/core/framework/attr_value.proto), encoded. */
export type Attribute = wire.Bytes;

/** TensorShapeProto; -1 is a size not known before a run. */
export function shapeFields(shape: readonly number[]): wire.Bytes[] {
  return shape.map((size) => wire.message(2, wire.integer(1, size)));
}

const types = new Map(
  Object.entries(dataTypes).map(([dtype, value]) => [dtype as DataType, wire.integer(6, value)]),
);
export const type = (dtype: DataType): Attribute => types.get(dtype)!;
export const shape = (sizes: readonly number[]): Attribute => wire.message(7, ...shapeFields(sizes));
export const bool = (value: boolean): Attribute => wire.integer(5, value);
export const int = (value: number): Attribute => wire.integer(3, value);
export const float = (value: number): Attribute => wire.float(4, value);
export const string = (value: string): Attribute => wire.string(2, value);
export const ints = (values: readonly number[]): Attribute => wire.message(1, wire.integers(3, values));

/** A TensorProto with its content in row-major, little-endian order. */
export function tensor(dtype: DataType, sizes: readonly number[], data: TensorData): Attribute {
  return wire.message(
    8,
    wire.integer(1, dataTypes[dtype]),
    wire.message(2, ...shapeFields(sizes)),
    wire.bytes(4, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
}

/** Sizes of a program as TensorFlow declares them: names and products are unknown, -1. */
export function staticSizes(sizes: readonly (number | string)[]): number[] {
  return sizes.map((size) => (typeof size === 'number' ? size : -1));
}

export const elementBytes: Record<ElementType, number> = { float32: 4, int32: 4, bool: 1 };
