/** Pixels of PNG and JPEG files. The libraries are loaded with the first picture. */
import type { DecodedPng } from 'fast-png';
import type { Pixels } from './picture';

/** Why bytes are no picture that can be read. */
export class PictureError extends Error {}

/** More pixels than any training picture has: a small file that says so would fill the memory. */
const MOST_PIXELS = 100_000_000;

export async function decodePicture(bytes: Uint8Array): Promise<Pixels> {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47])) return decodePng(bytes);
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return decodeJpeg(bytes);
  throw new PictureError(
    bytes.length === 0 ? 'it is empty' : 'it is neither PNG nor JPEG, by its first bytes',
  );
}

function startsWith(bytes: Uint8Array, wanted: number[]): boolean {
  return wanted.every((byte, i) => bytes[i] === byte);
}

async function decodePng(bytes: Uint8Array): Promise<Pixels> {
  const { decode, convertIndexedToRgb } = await import('fast-png');
  // The header chunk comes first: its width and height lie at bytes 16 and 20 (PNG specification, 11.2.1).
  if (bytes.length < 24) throw new PictureError('it is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  refuseHuge(view.getUint32(20), view.getUint32(16));
  return attempt(() => {
    const png = decode(bytes);
    const { height, width, palette, channels } = png;
    if (!palette) return { height, width, channels, data: bytesOf(png) };
    return { height, width, channels: palette[0]?.length ?? 3, data: convertIndexedToRgb(png) };
  });
}

/** Samples of any depth as bytes: 16 bits lose the lower ones, fewer than 8 bits are spread over 0…255. */
function bytesOf({ data, depth, width, height, channels }: DecodedPng): Uint8Array {
  if (data instanceof Uint16Array) return Uint8Array.from(data, (sample) => sample >> 8);
  if (depth === 8) return new Uint8Array(data.buffer, data.byteOffset, data.length);
  const result = new Uint8Array(width * height * channels);
  const line = Math.ceil((width * channels * depth) / 8);
  const largest = 2 ** depth - 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width * channels; x++) {
      const byte = data[y * line + ((x * depth) >> 3)]!;
      const sample = (byte >> (8 - depth - ((x * depth) & 7))) & largest;
      result[y * width * channels + x] = Math.round((sample * 255) / largest);
    }
  }
  return result;
}

async function decodeJpeg(bytes: Uint8Array): Promise<Pixels> {
  const { decode } = await import('jpeg-js');
  return attempt(() => {
    const { height, width, data } = decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: MOST_PIXELS / 1e6,
      maxMemoryUsageInMB: 2048,
    });
    return { height, width, channels: 3, data };
  });
}

/** The libraries throw plain errors on bytes that they cannot make sense of. */
function attempt(decode: () => Pixels): Pixels {
  let pixels: Pixels;
  try {
    pixels = decode();
  } catch (error) {
    throw new PictureError(error instanceof Error ? error.message : String(error));
  }
  const { height, width, channels, data } = pixels;
  if (data.length !== height * width * channels) throw new PictureError('it is cut off');
  return pixels;
}

function refuseHuge(height: number, width: number): void {
  if (height * width <= MOST_PIXELS) return;
  throw new PictureError(`it is ${height} by ${width} pixels; at most ${MOST_PIXELS / 1e6} million are read`);
}
