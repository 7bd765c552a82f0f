import type { Place } from '../../../language/plan/format';
import { fail } from '../../failure';
import type { HostTensor } from '../../step/program';
import type { Picture } from './picture';

/** Pictures of one size as int32[rows, height, width, channels]. */
export async function picturesTensor(pictures: Picture[], at: Place): Promise<HostTensor> {
  let result: { shape: number[]; data: Int32Array } | undefined;
  for (const [row, picture] of pictures.entries()) {
    const { height, width, channels, data } = await picture.pixels();
    result ??= {
      shape: [pictures.length, height, width, channels],
      data: new Int32Array(pictures.length * data.length),
    };
    const [, h, w] = result.shape;
    if (h !== height || w !== width) {
      fail(
        'data-picture',
        `Pictures of ${h} by ${w} and of ${height} by ${width} pixels cannot share a tensor`,
        {
          help: 'Bring them to one size with `resize_image` first.',
          file: at.file,
          line: at.line,
        },
      );
    }
    result.data.set(data, row * data.length);
  }
  return { dtype: 'int32', ...(result ?? { shape: [0, 0, 0, 0], data: new Int32Array(0) }) };
}
