/**
 * Names, element types and shapes of the tensors of a safetensors file, without the tensors: a little-endian u64 header
 * length, then a JSON header (github.com/huggingface/safetensors, "Format").
 */
import { closeSync } from 'node:fs';
import type { ParameterShape } from '../../language/versions/interface';
import { refuse } from './failure';
import { quoted } from './names';
import { decode, openRegular, readStart } from './regular-files';

/** Bits of an element, by the format's name for its type. */
const BITS: Record<string, number> = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F4: 4,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  I64: 64,
  U64: 64,
  F64: 64,
  C64: 64,
};

const NAMES: Record<string, string> = {
  BOOL: 'bool',
  U8: 'uint8',
  I8: 'int8',
  I16: 'int16',
  I32: 'int32',
  I64: 'int64',
  F16: 'float16',
  BF16: 'bfloat16',
  F32: 'float32',
  F64: 'float64',
};

/** The reference implementation refuses longer headers too. */
const LONGEST_HEADER = 100_000_000;

export interface WeightsHeader {
  /** By name; element types in the words of Brique where it has one, else in the format's. */
  parameters: Record<string, ParameterShape>;
  metadata: Record<string, string>;
}

/** Throws `weights-broken` where the file is none, or is cut off. */
export function readWeightsHeader(folder: string, path: string): WeightsHeader {
  const { fd, status } = openRegular(folder, path);
  try {
    const size = Number(status.size);
    const start = readStart(fd, 8);
    const length = start.byteLength < 8 ? -1 : Number(start.readBigUInt64LE());
    if (length < 2 || length > LONGEST_HEADER || 8 + length > size) broken(path, 'its header is cut off');
    const header = parse(decode(readStart(fd, 8 + length).subarray(8), path), path);
    return check(header, size - 8 - length, path);
  } finally {
    closeSync(fd);
  }
}

function broken(path: string, why: string): never {
  const help = 'It may have been cut off while it was written or copied.';
  return refuse('weights-broken', `${quoted(path)} is no sound safetensors file: ${why}`, help);
}

function parse(text: string, path: string): Record<string, unknown> {
  try {
    const header = JSON.parse(text) as unknown;
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) {
      return header as Record<string, unknown>;
    }
  } catch {
    // Told below, as for other JSON that is no map.
  }
  return broken(path, 'its header is not a JSON map');
}

/** The tensors must fill the `size` bytes behind the header, in some order and without gaps. */
function check(header: Record<string, unknown>, size: number, path: string): WeightsHeader {
  const { __metadata__: metadata = {}, ...entries } = header;
  const spans: [number, number][] = [];
  const parameters: [string, ParameterShape][] = [];
  for (const [name, entry] of Object.entries(entries)) {
    const tensor = tensorOf(entry);
    if (!tensor) return broken(path, `tensor ${quoted(name)} does not fit its bytes`);
    spans.push(tensor.span);
    parameters.push([name, { dtype: tensor.dtype, shape: tensor.shape }]);
  }
  spans.sort(([a, aEnd], [b, bEnd]) => a - b || aEnd - bEnd);
  let end = 0;
  for (const [from, to] of spans) {
    if (from !== end) return broken(path, 'its tensors overlap or leave gaps');
    end = to;
  }
  if (end !== size) return broken(path, `its tensors take ${end} bytes, and ${size} are there`);
  parameters.sort(([a], [b]) => (a < b ? -1 : 1));
  return { parameters: Object.fromEntries(parameters), metadata: textsOf(metadata) };
}

function tensorOf(entry: unknown): (ParameterShape & { span: [number, number] }) | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { dtype, shape, data_offsets: span } = entry as Record<string, unknown>;
  const bits = typeof dtype === 'string' && Object.hasOwn(BITS, dtype) ? BITS[dtype]! : undefined;
  if (bits === undefined || !isSizes(shape) || !isSizes(span) || span.length !== 2) return undefined;
  const [from, to] = span as [number, number];
  const length = (shape.reduce((product, each) => product * each, 1) * bits) / 8;
  if (to - from !== length) return undefined;
  return { dtype: NAMES[dtype as string] ?? (dtype as string), shape, span: [from, to] };
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}

function textsOf(metadata: unknown): Record<string, string> {
  if (typeof metadata !== 'object' || metadata === null) return {};
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => typeof value === 'string'));
}
