/**
 * Protocol buffers on the wire: https://protobuf.dev/programming-guides/encoding.
 * A message is the concatenation of its fields, so fields are byte arrays and a message joins them.
 */

export type Bytes = Uint8Array;

const text = new TextEncoder();

export function join(parts: readonly Bytes[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Base-128, least significant group first; negative numbers as 64-bit two's complement. */
function varint(value: number | bigint): number[] {
  const groups: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const group = Number(rest & 127n);
    rest >>= 7n;
    groups.push(rest ? group | 128 : group);
  } while (rest);
  return groups;
}

const tag = (field: number, wireType: number): number[] => varint((field << 3) | wireType);

/** int32, int64, uint64, bool or enum. */
export function integer(field: number, value: number | bigint | boolean): Bytes {
  return Uint8Array.from([...tag(field, 0), ...varint(typeof value === 'boolean' ? Number(value) : value)]);
}

export function float(field: number, value: number): Bytes {
  const head = tag(field, 5);
  const bytes = new Uint8Array(head.length + 4);
  bytes.set(head);
  new DataView(bytes.buffer).setFloat32(head.length, value, true);
  return bytes;
}

export function bytes(field: number, value: Bytes): Bytes {
  return join([Uint8Array.from([...tag(field, 2), ...varint(value.length)]), value]);
}

export function string(field: number, value: string): Bytes {
  return bytes(field, text.encode(value));
}

export function message(field: number, ...parts: Bytes[]): Bytes {
  return bytes(field, join(parts));
}

/** A repeated integer field, packed. */
export function integers(field: number, values: readonly number[]): Bytes {
  return bytes(field, Uint8Array.from(values.flatMap(varint)));
}

/** An entry of `map<string, message>`. */
export function entry(field: number, key: string, ...value: Bytes[]): Bytes {
  return message(field, string(1, key), message(2, ...value));
}
