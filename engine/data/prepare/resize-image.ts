import { fail } from '../../failure';
import type { Pixels } from '../pictures/picture';
import { cropTo, resize } from '../pictures/resize';
import { type HostValue, rowsOf, tensorValue } from '../value';
import { innerShape, onlyInput, outputPort, type PrepareOp } from './op';

/** Pictures to one size: int32[rows, height, width, channels], each decoded, resized and let go. */
export const resizeImage: PrepareOp = {
  async apply(node, inputs) {
    const value = onlyInput(node, inputs);
    const [height = 1, width = 1, channels = 1] = innerShape(node);
    const size = height * width * channels;
    const rows = rowsOf(value);
    const result = new Int32Array(rows * size);
    for (let row = 0; row < rows; row++) {
      const own = await pixelsAt(value, row);
      if (own.channels !== channels) {
        fail('data-picture', `${node.id} needs pictures of ${channels} channels, not ${own.channels}`, {
          file: node.at.file,
          line: node.at.line,
        });
      }
      const cut = node.attributes.fit === 'crop' ? cropTo(own, height, width) : own;
      result.set(resize(cut, height, width).data, row * size);
    }
    return { [outputPort(node)]: tensorValue('int32', [rows, height, width, channels], result) };
  },
};

async function pixelsAt(value: HostValue, row: number): Promise<Pixels> {
  if (value.kind === 'pictures') return value.pictures[row]!.pixels();
  if (value.kind !== 'tensor') throw new Error('resize_image takes pictures');
  const [, height = 1, width = 1, channels = 1] = value.tensor.shape;
  const size = height * width * channels;
  const data = Uint8Array.from(value.tensor.data.subarray(row * size, (row + 1) * size));
  return { height, width, channels, data };
}
