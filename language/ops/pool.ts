import type { TensorType } from '../types/type';
import {
  checkMask,
  input,
  lastDim,
  needAxes,
  needFloat,
  needLastAxes,
  output,
  result,
  sizeOf,
  typeOf,
} from './call';
import type { Op } from './op';
import { paddingAttribute, pairOf, windowed } from './window';

type Kind = 'max' | 'avg';

const does = (kind: Kind) => (kind === 'max' ? 'the greatest' : 'the mean');

function pool1d(kind: Kind): Op {
  return {
    name: `${kind}_pool1d`,
    category: 'pooling',
    stage: 'graph',
    summary: `Takes ${does(kind)} of each window along a sequence.`,
    doc: `Takes ${does(kind)} of \`window\` neighbouring steps, channel by channel.\n\n\`\`\`yaml\nshorter: { op: ${kind}_pool1d, in: windows, window: 2 }\n\`\`\``,
    inputs: [input('[batch, steps, channels].')],
    attributes: {
      window: { type: 'int', default: 2, min: 1, doc: 'Width of the window.' },
      stride: {
        type: 'int',
        min: 1,
        doc: 'Steps from one window to the next; the window itself when left out.',
      },
      padding: paddingAttribute('valid'),
    },
    outputs: [output('[batch, steps, channels].')],
    infer(call) {
      const type = typeOf(call);
      if (!needFloat(call) || !needAxes(call, ['batch', 'steps', 'channels'])) return result(undefined);
      const window = sizeOf(call, 'window');
      const stride = call.attributes.stride === undefined ? window : sizeOf(call, 'stride');
      const steps = windowed(call, type.dims[1]!, { window, stride }, 'window', 'steps');
      return result({ ...type, dims: [type.dims[0]!, steps, type.dims[2]!] });
    },
  };
}

function pool2d(kind: Kind): Op {
  return {
    name: `${kind}_pool2d`,
    category: 'pooling',
    stage: 'graph',
    summary: `Takes ${does(kind)} of each window of a picture.`,
    doc: `Takes ${does(kind)} of a \`window\`-sized neighbourhood, channel by channel.\n\n\`\`\`yaml\nsmaller: { op: ${kind}_pool2d, in: edges, window: [2, 2] }\n\`\`\``,
    inputs: [input('[batch, height, width, channels].')],
    attributes: {
      window: {
        type: 'ints',
        default: [2],
        min: 1,
        doc: 'Size of the window: one number, or [height, width].',
      },
      stride: {
        type: 'ints',
        min: 1,
        doc: 'Steps from one window to the next; the window itself when left out.',
      },
      padding: paddingAttribute('valid'),
    },
    outputs: [output('[batch, height, width, channels].')],
    infer(call) {
      const type = typeOf(call);
      if (!needFloat(call) || !needAxes(call, ['batch', 'height', 'width', 'channels']))
        return result(undefined);
      const window = pairOf(call, 'window');
      const stride = call.attributes.stride === undefined ? window : pairOf(call, 'stride');
      if (!window || !stride) return result(undefined);
      const rows = windowed(call, type.dims[1]!, { window: window[0], stride: stride[0] }, 'window', 'rows');
      const columns = windowed(
        call,
        type.dims[2]!,
        { window: window[1], stride: stride[1] },
        'window',
        'columns',
      );
      return result({ ...type, dims: [type.dims[0]!, rows, columns, type.dims[3]!] });
    },
  };
}

function globalPool(kind: Kind): Op {
  return {
    name: `global_${kind}_pool`,
    category: 'pooling',
    stage: 'graph',
    summary: `Takes ${does(kind)} over all steps, or over a whole picture.`,
    doc: `Leaves one number per channel. Steps whose \`mask\` is 0 do not count${kind === 'max' ? '; where no step counts, the result is 0' : '; where no step counts, the mean is 0'}.\n\n\`\`\`yaml\nfeatures: { op: global_${kind}_pool, in: { in: windows, mask: known } }\n\`\`\``,
    inputs: [
      input('[batch, steps, channels] or [batch, height, width, channels].'),
      { name: 'mask', optional: true, doc: '[batch, steps]: 1 where a step counts, 0 where it is padding.' },
    ],
    attributes: {},
    outputs: [output('[batch, channels].')],
    infer(call) {
      const type = typeOf(call);
      if (!needFloat(call)) return result(undefined);
      if (type.lead !== undefined || type.dims.length < 3) {
        if (needLastAxes(call, 3)) needAxes(call, ['batch', 'steps', 'channels']);
        return result(undefined);
      }
      checkMask(call, type, 'the mask has one number per step');
      const out: TensorType = { ...type, dims: [type.dims[0]!, lastDim(type)] };
      return result(out);
    },
  };
}

export const poolOps: Op[] = [
  pool1d('max'),
  pool1d('avg'),
  pool2d('max'),
  pool2d('avg'),
  globalPool('max'),
  globalPool('avg'),
];
