/**
 * The safetensors format: a little-endian u64 header length, a JSON header padded with spaces to 8 bytes, then the
 * tensors' bytes without gaps (github.com/huggingface/safetensors, "Format").
 */
import { endianness } from 'node:os';
import { fail } from '../failure';
import type { HostTensor } from '../step/program';

const TO_FORMAT = { float32: 'F32', int32: 'I32', bool: 'BOOL' } as const;
const FROM_FORMAT: Record<string, HostTensor['dtype']> = { F32: 'float32', I32: 'int32', BOOL: 'bool' };
const WIDTHS = { float32: 4, int32: 4, bool: 1 } as const;
/** The reference implementation refuses longer headers too. */
const MAX_HEADER = 100_000_000;

export interface TensorFile {
  tensors: Map<string, HostTensor>;
  metadata: Record<string, string>;
}

export type TensorSpec = Pick<HostTensor, 'dtype' | 'shape'>;

/** The head of a file of these tensors, in the order of their names, and where the bytes of each begin in the file. */
export function layoutOf(
  tensors: Iterable<[string, TensorSpec]>,
  metadata: Record<string, string> = {},
): { head: Buffer; offsets: Map<string, number>; size: number } {
  requireLittleEndian();
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...metadata } };
  const starts = new Map<string, number>();
  let end = 0;
  for (const [name, { dtype, shape }] of sorted) {
    const length = shape.reduce((product, size) => product * size, WIDTHS[dtype]);
    header[name] = { dtype: TO_FORMAT[dtype], shape, data_offsets: [end, end + length] };
    starts.set(name, end);
    end += length;
  }
  let text = JSON.stringify(header);
  text += ' '.repeat((8 - (Buffer.byteLength(text) % 8)) % 8);
  const length = Buffer.byteLength(text);
  const head = Buffer.alloc(8 + length);
  head.writeBigUInt64LE(BigInt(length), 0);
  head.write(text, 8);
  const offsets = new Map([...starts].map(([name, start]) => [name, 8 + length + start]));
  return { head, offsets, size: 8 + length + end };
}

/** Tensors in the order of their names, so that equal content gives equal bytes. */
export function writeSafetensors(
  tensors: Iterable<[string, HostTensor]>,
  metadata: Record<string, string> = {},
): Buffer {
  const all = [...tensors];
  const { head, offsets, size } = layoutOf(all, metadata);
  const file = Buffer.alloc(size);
  file.set(head, 0);
  for (const [name, { data }] of all)
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offsets.get(name)!);
  return file;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

export interface Located extends TensorSpec {
  /** Where its bytes begin in the file. */
  offset: number;
}

/** Throws an `EngineFailure` that names `file` when the bytes are no sound safetensors file. */
export function readSafetensors(bytes: Uint8Array, file: string): TensorFile {
  const { tensors: located, metadata } = readHeader(bytes, bytes.byteLength, file);
  const tensors = new Map<string, HostTensor>();
  for (const [name, { dtype, shape, offset }] of located) {
    const count = shape.reduce((product, size) => product * size, 1);
    tensors.set(name, { dtype, shape, data: elements(dtype, bytes, offset, count) });
  }
  return { tensors, metadata };
}

/** How many bytes at the start of a file its header takes; at most as many as there are. */
export function headerBytes(start: Uint8Array, size: number): number {
  const length = Number(new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true));
  return Math.min(size, 8 + Math.min(length, MAX_HEADER));
}

/** What lies where in a file of `size` bytes, of which `bytes` hold at least the header. */
export function readHeader(
  bytes: Uint8Array,
  size: number,
  file: string,
): { tensors: Map<string, Located>; metadata: Record<string, string> } {
  requireLittleEndian();
  const broken = (why: string): never =>
    fail('weights-broken', `${file} is no sound safetensors file: ${why}`, {
      help: 'It may have been cut off while it was written or copied; train again or copy it anew.',
    });
  if (bytes.byteLength < 8) return broken('it is shorter than its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER || 8 + length > bytes.byteLength) return broken('its header is cut off');
  const header = parseHeader(bytes.subarray(8, 8 + length)) ?? broken('its header is not JSON');
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = new Map<string, Located>();
  for (const [name, entry] of Object.entries(entries as Record<string, Entry>)) {
    const dtype = FROM_FORMAT[entry.dtype];
    if (!dtype) return broken(`tensor ${name} has dtype ${entry.dtype}; F32, I32 and BOOL are read`);
    const [begin, end] = entry.data_offsets;
    const count = entry.shape.reduce((product, size) => product * size, 1);
    if (begin < 0 || end - begin !== count * WIDTHS[dtype] || 8 + length + end > size) {
      return broken(`tensor ${name} does not fit its bytes`);
    }
    tensors.set(name, { dtype, shape: entry.shape, offset: 8 + length + begin });
  }
  return { tensors, metadata: metadata as Record<string, string> };
}

/** A view of the bytes; a copy where they do not start at a multiple of 4, as views of 4-byte elements must. */
function elements(
  dtype: HostTensor['dtype'],
  bytes: Uint8Array,
  start: number,
  count: number,
): HostTensor['data'] {
  const width = dtype === 'bool' ? 1 : 4;
  const isAligned = (bytes.byteOffset + start) % width === 0;
  const own = isAligned ? bytes : new Uint8Array(bytes.subarray(start, start + width * count));
  const at = isAligned ? bytes.byteOffset + start : 0;
  if (dtype === 'float32') return new Float32Array(own.buffer as ArrayBuffer, at, count);
  if (dtype === 'int32') return new Int32Array(own.buffer as ArrayBuffer, at, count);
  return new Uint8Array(own.buffer as ArrayBuffer, at, count);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    return typeof header === 'object' && header !== null ? (header as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function requireLittleEndian(): void {
  if (endianness() !== 'LE') fail('unsupported-machine', 'Brique needs a little-endian machine');
}
