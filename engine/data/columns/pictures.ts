import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PlanColumn } from '../../../language/plan/format';
import { hashBytes, hashText } from '../cache';
import { isInside } from '../inside';
import { Picture, type PictureSizes, type PictureSource } from '../pictures/picture';
import type { Surroundings } from './check';
import { isBlank, type Problems, type RawColumn, show } from './problems';

/** What a picture column must be, where its contract says so. */
function sizesOf(column: PlanColumn): PictureSizes {
  const [, height, width, channels] = column.value.shape.map((size) =>
    typeof size === 'number' ? size : undefined,
  );
  return { height, width, channels: channels ?? 3 };
}

/** Finds each row's picture; none is decoded yet. */
export function readPictures(
  column: PlanColumn,
  raw: RawColumn,
  problems: Problems,
  around: Surroundings,
): Picture[] {
  const sizes = sizesOf(column);
  const root = realpathSync(around.folder);
  const nothing = bytesSource(new Uint8Array(0));
  return raw.values.map((value, row) => {
    const source = sourceOf(value, row, problems, around, root) ?? nothing;
    return new Picture(source, sizes, { row: raw.place(row), column: column.name, at: column.at });
  });
}

function sourceOf(
  value: unknown,
  row: number,
  problems: Problems,
  around: Surroundings,
  root: string,
): PictureSource | undefined {
  if (isBlank(value)) {
    problems.add(row, 'has no picture; rows of an image column cannot be empty');
    return undefined;
  }
  if (value instanceof Uint8Array) return bytesSource(value);
  if (Array.isArray(value)) return { kind: 'pixels', rows: value, hash: hashText(JSON.stringify(value)) };
  if (isRecord(value)) {
    // As data sets on Hugging Face hold pictures in parquet: { bytes, path }.
    const inner = isBlank(value.bytes) ? value.path : value.bytes;
    if (inner !== undefined && !isRecord(inner)) return sourceOf(inner, row, problems, around, root);
  }
  if (typeof value !== 'string') {
    problems.add(row, `holds ${show(value)}, which is neither the path of a picture nor its bytes`);
    return undefined;
  }
  const encoded = encodedBytes(value);
  return encoded ? bytesSource(encoded) : fileSource(value, row, problems, around, root);
}

function bytesSource(bytes: Uint8Array): PictureSource {
  return { kind: 'bytes', bytes, hash: hashBytes(bytes) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

/** `data:` addresses, and base64 that starts as PNG and JPEG files do. */
function encodedBytes(text: string): Uint8Array | undefined {
  const address = /^data:image\/[\w.+-]+;base64,/.exec(text);
  if (address) return Buffer.from(text.slice(address[0].length), 'base64');
  return /^(iVBORw0KGgo|\/9j\/)[\w+/=\s-]{20,}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function fileSource(
  path: string,
  row: number,
  problems: Problems,
  around: Surroundings,
  root: string,
): PictureSource | undefined {
  let file: string;
  try {
    file = realpathSync(resolve(around.folder, path));
  } catch {
    problems.add(row, `names the picture ${show(path)}, which is not there; paths start at ${around.folder}`);
    return undefined;
  }
  if (isInside(file, root)) return { kind: 'file', path, file, hash: around.hash(file) };
  problems.add(row, `names the picture ${show(path)}, which leads out of ${around.folder}`);
  return undefined;
}
