/**
 * Protocol buffers on the wire: https://protobuf.dev/programming-guides/encoding.
 * A message is the concatenation of its fields, so fields are byte arrays and a message joins them.
 */

export type Bytes = Uint8Array;

const variable = 0;
const delimited = 2;
const fixed32 = 5;

/** How many bytes a whole number >= 0 takes in base 128. */
function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 128; rest /= 128) length++;
  return length;
}

/** Least significant group first. Returns where the next byte goes. */
function putVarint(target: Bytes, at: number, value: number): number {
  let rest = value;
  let next = at;
  while (rest >= 128) {
    target[next++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  target[next++] = rest;
  return next;
}

/** Negative numbers are ten bytes of 64-bit two's complement. */
function varint(value: number): Bytes {
  if (value >= 0) {
    const bytes = Buffer.allocUnsafe(varintLength(value));
    putVarint(bytes, 0, value);
    return bytes;
  }
  const bytes = Buffer.allocUnsafe(10);
  let rest = BigInt.asUintN(64, BigInt(value));
  for (let i = 0; i < 10; i++, rest >>= 7n) bytes[i] = Number(rest & 127n) | (i < 9 ? 128 : 0);
  return bytes;
}

/** A field's tag, then `length` and room for that many bytes, which `fill` writes. */
function delimitedField(field: number, length: number, fill: (target: Buffer, at: number) => void): Bytes {
  const tag = (field << 3) | delimited;
  const target = Buffer.allocUnsafe(varintLength(tag) + varintLength(length) + length);
  fill(target, putVarint(target, putVarint(target, 0, tag), length));
  return target;
}

const lengthOf = (parts: readonly Bytes[]): number => {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
};

function putAll(target: Bytes, from: number, parts: readonly Bytes[]): void {
  let at = from;
  for (const part of parts) {
    target.set(part, at);
    at += part.length;
  }
}

export function join(parts: readonly Bytes[]): Bytes {
  const joined = Buffer.allocUnsafe(lengthOf(parts));
  putAll(joined, 0, parts);
  return joined;
}

/** int32, int64, bool or enum. */
export function integer(field: number, value: number | boolean): Bytes {
  return join([varint((field << 3) | variable), varint(Number(value))]);
}

export function float(field: number, value: number): Bytes {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeFloatLE(value);
  return join([varint((field << 3) | fixed32), bytes]);
}

export function bytes(field: number, value: Bytes): Bytes {
  return delimitedField(field, value.length, (target, at) => target.set(value, at));
}

export function string(field: number, value: string): Bytes {
  return delimitedField(field, Buffer.byteLength(value), (target, at) => target.write(value, at));
}

export function message(field: number, ...parts: Bytes[]): Bytes {
  return delimitedField(field, lengthOf(parts), (target, at) => putAll(target, at, parts));
}

/** A repeated integer field, packed. */
export function integers(field: number, values: readonly number[]): Bytes {
  return message(field, ...values.map(varint));
}

/** An entry of `map<string, message>`. */
export function entry(field: number, key: string, ...value: Bytes[]): Bytes {
  return message(field, string(1, key), message(2, ...value));
}
