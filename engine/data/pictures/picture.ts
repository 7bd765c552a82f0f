/** A picture of a row: where it is found, and its pixels once they are asked for. */
import { readFileSync } from 'node:fs';
import type { Place } from '../../../language/plan/format';
import { fail } from '../../failure';
import { fill } from '../columns/tensors';
import { withChannels } from './channels';
import { decodePicture, PictureError } from './decode';

/** `hash` is a sha256 of the content. */
export type PictureSource = { hash: string } /** `path` as the row names it, `file` absolute. */ & (
  | { kind: 'file'; path: string; file: string }
  | { kind: 'bytes'; bytes: Uint8Array }
  /** Nested lists [height][width] or [height][width][channels]. */
  | { kind: 'pixels'; rows: unknown[] }
);

/** Bytes [height, width, channels], row by row from the top left. */
export interface Pixels {
  height: number;
  width: number;
  channels: number;
  data: Uint8Array;
}

/** What the contract says; undefined where it leaves a size open. */
export interface PictureSizes {
  height: number | undefined;
  width: number | undefined;
  channels: number;
}

export class Picture {
  constructor(
    readonly source: PictureSource,
    private readonly sizes: PictureSizes,
    private readonly from: { row: string; column: string; at: Place },
  ) {}

  /** What tells its content from that of others. */
  get key(): string {
    return this.source.hash;
  }

  /** Read and decoded anew every time, so that memory holds one picture and not a data set. */
  async pixels(): Promise<Pixels> {
    const { height, width, channels } = this.sizes;
    const decoded = withChannels(await this.#decoded(), channels);
    if ((height ?? decoded.height) !== decoded.height || (width ?? decoded.width) !== decoded.width) {
      this.#fail(
        `is ${decoded.height} by ${decoded.width} pixels, not ${height ?? 'any'} by ${width ?? 'any'} as its contract says`,
        'Leave `height` and `width` out of the contract and bring pictures to one size with `resize_image`.',
      );
    }
    return decoded;
  }

  async #decoded(): Promise<Pixels> {
    const { source } = this;
    if (source.kind === 'pixels') return this.#listed(source.rows);
    try {
      return await decodePicture(source.kind === 'file' ? readFileSync(source.file) : source.bytes);
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      return this.#fail(`cannot be read as a picture: ${error.message}`, 'PNG and JPEG files are read.');
    }
  }

  #listed(rows: unknown[]): Pixels {
    const [first] = rows;
    const [pixel] = Array.isArray(first) ? first : [];
    const inner = Array.isArray(pixel) ? [pixel.length] : [];
    const shape = [rows.length, Array.isArray(first) ? first.length : 0, ...inner];
    const numbers = new Float64Array(shape.reduce((product, size) => product * size, 1));
    if (numbers.length === 0 || !fill(rows, shape, 0, numbers, 0))
      this.#fail(
        'holds no pixels [height][width][channels]',
        'Every line needs as many pixels as the first.',
      );
    const odd = numbers.find((each) => !Number.isInteger(each) || each < 0 || each > 255);
    if (odd !== undefined) this.#fail(`holds the pixel ${odd}`, 'Pixels are whole numbers from 0 to 255.');
    const data = Uint8Array.from(numbers);
    return { height: shape[0]!, width: shape[1]!, channels: inner[0] ?? 1, data };
  }

  #fail(what: string, help: string): never {
    const { row, column, at } = this.from;
    const name = this.source.kind === 'file' ? ` ${this.source.path}` : '';
    fail('data-picture', `${row}: column ${column}: the picture${name} ${what}`, {
      help,
      file: at.file,
      line: at.line,
    });
  }
}
