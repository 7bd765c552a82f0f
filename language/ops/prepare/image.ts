import { lastDim, needAxes, needDtype, output, result, sizeOf, typeOf } from '../call';
import type { Op, OpCall } from '../op';

const picture = { name: 'in', doc: 'Bytes [batch, height, width, channels], 0 to 255.' };

const resizeImage: Op = {
  name: 'resize_image',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Brings pictures to one size.',
  doc: `Bilinear; when a picture gets smaller, every pixel is the weighted mean of all that it covers (a triangle filter), so
that fine patterns do not turn into noise. \`fit: stretch\` changes the proportions where they differ; \`fit: crop\` keeps
them and cuts off what is too much on both sides. Pictures that come in different sizes need this before a graph.

\`\`\`yaml
# photo: uint8[batch, height, width, 3]
small: { op: resize_image, in: photo, height: 64, width: 64 } # uint8[batch, 64, 64, 3]
\`\`\``,
  inputs: [picture],
  attributes: {
    height: { type: 'int', required: true, min: 1, max: 16384, doc: 'Pixels from top to bottom.' },
    width: { type: 'int', required: true, min: 1, max: 16384, doc: 'Pixels from left to right.' },
    fit: { type: 'enum', values: ['stretch', 'crop'], default: 'stretch', doc: 'Where proportions differ.' },
  },
  outputs: [output('uint8[batch, height, width, channels].')],
  infer(call) {
    const type = typeOf(call);
    if (!needDtype(call, ['uint8']) || !needAxes(call, ['batch', 'height', 'width', 'channels']))
      return result(undefined);
    const [batch, , , channels] = type.dims;
    const dims = [batch!, sizeOf(call, 'height'), sizeOf(call, 'width'), channels!];
    return result({ ...type, dims });
  },
};

const scaleImage: Op = {
  name: 'scale_image',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns bytes of a picture into numbers from 0 to 1, or around 0.',
  doc: `x/255, then (x - mean)/deviation; one number for all channels, or one for each.

\`\`\`yaml
# image: uint8[batch, 64, 64, 3]
picture: { op: scale_image, in: image, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } # float32[batch, 64, 64, 3]
\`\`\``,
  inputs: [{ name: 'in', doc: 'Bytes, 0 to 255; the channels last.' }],
  attributes: {
    mean: { type: 'floats', default: [0], doc: 'Subtracted after scaling to 0…1.' },
    deviation: { type: 'floats', default: [1], doc: 'What the rest is divided by.' },
  },
  outputs: [output('float32 of the same shape.')],
  infer(call) {
    if (!needDtype(call, ['uint8']) || !perChannel(call)) return result(undefined);
    return result({ ...typeOf(call), dtype: 'float32' });
  },
};

/** Checks that the lists have one number, or one for each channel, and that nothing is divided by zero. */
function perChannel(call: OpCall): boolean {
  const type = typeOf(call);
  const channels = type.dims.length > 1 ? call.resolve(lastDim(type)).constant : undefined;
  for (const attribute of ['mean', 'deviation']) {
    const value = call.attributes[attribute];
    if (!Array.isArray(value)) continue;
    let message: string | undefined;
    if (value.length !== 1 && channels !== undefined && value.length !== channels)
      message = `\`${attribute}\` has ${value.length} numbers, but the picture has ${channels} channels`;
    else if (attribute === 'deviation' && value.some((item) => Number(item) <= 0))
      message = '`deviation` is divided by, so it must be more than 0';
    if (message === undefined) continue;
    call.fail({ attribute, kind: 'attribute', message });
    return false;
  }
  return true;
}

export const imageOps: Op[] = [resizeImage, scaleImage];
