import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import {
  checkMask,
  elements,
  input,
  lastDim,
  needAxes,
  needFloat,
  needLastAxes,
  noFlops,
  output,
  product,
  result,
  sizeOf,
  typeOf,
} from './call';
import { document, nothing } from './document';
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
    doc: document(
      `Takes ${does(kind)} of \`window\` neighbouring steps, channel by channel.`,
      '1 per number under a window',
      { windows: 'float32[batch, 40, 64]' },
      `shorter: { op: ${kind}_pool1d, in: windows, window: 2 }`,
      'float32[batch, 20, 64]',
    ),
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
      const stride = call.given('stride') ? sizeOf(call, 'stride') : window;
      const steps = windowed(call, type.dims[1]!, { window, stride }, 'window', 'steps');
      const out: TensorType = { ...type, dims: [type.dims[0]!, steps, type.dims[2]!] };
      return result(out, [], elements(out)?.times(window));
    },
  };
}

function pool2d(kind: Kind): Op {
  return {
    name: `${kind}_pool2d`,
    category: 'pooling',
    stage: 'graph',
    summary: `Takes ${does(kind)} of each window of a picture.`,
    doc: document(
      `Takes ${does(kind)} of a \`window\`-sized neighbourhood, channel by channel.`,
      '1 per number under a window',
      { edges: 'float32[batch, 28, 28, 16]' },
      `smaller: { op: ${kind}_pool2d, in: edges, window: [2, 2] }`,
      'float32[batch, 14, 14, 16]',
    ),
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
      const stride = call.given('stride') ? pairOf(call, 'stride') : window;
      if (!window || !stride) return result(undefined);
      const rows = windowed(call, type.dims[1]!, { window: window[0], stride: stride[0] }, 'window', 'rows');
      const columns = windowed(
        call,
        type.dims[2]!,
        { window: window[1], stride: stride[1] },
        'window',
        'columns',
      );
      const out: TensorType = { ...type, dims: [type.dims[0]!, rows, columns, type.dims[3]!] };
      return result(out, [], elements(out)?.times(product(window)));
    },
  };
}

function globalPool(kind: Kind): Op {
  return {
    name: `global_${kind}_pool`,
    category: 'pooling',
    stage: 'graph',
    summary: `Takes ${does(kind)} over all steps, or over a whole picture.`,
    doc: document(
      `Leaves one number per channel. Steps whose \`mask\` is 0 do not count; where no step counts, ${kind === 'max' ? 'the result' : 'the mean'} is 0.`,
      '1 per number that goes in',
      { windows: 'float32[batch, 40, 64]', known: 'float32[batch, 40]' },
      `features: { op: global_${kind}_pool, in: { in: windows, mask: known } }`,
      'float32[batch, 64]',
    ),
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
      return result(out, [], elements(type));
    },
  };
}

function adaptivePool(dimensions: 1 | 2): Op {
  const axes = dimensions === 1 ? ['batch', 'steps', 'channels'] : ['batch', 'height', 'width', 'channels'];
  return {
    name: `adaptive_avg_pool${dimensions}d`,
    category: 'pooling',
    stage: 'graph',
    summary: `Takes means so that a given size comes out, whatever the size of the ${dimensions === 1 ? 'sequence' : 'picture'}.`,
    doc: document(
      'Entry i of m is the mean of entries floor(i·n/m) to ceil((i + 1)·n/m) - 1 of n, axis by axis. Computed as a product with a matrix of shares.',
      '2 per number that goes in and size that comes out, axis by axis',
      dimensions === 1 ? { windows: 'float32[batch, 40, 64]' } : { edges: 'float32[batch, 28, 28, 16]' },
      dimensions === 1
        ? 'summary: { op: adaptive_avg_pool1d, in: windows, size: 8 }'
        : 'summary: { op: adaptive_avg_pool2d, in: edges, size: [7, 7] }',
      dimensions === 1 ? 'float32[batch, 8, 64]' : 'float32[batch, 7, 7, 16]',
    ),
    inputs: [input(`[${axes.join(', ')}].`)],
    attributes: {
      size: {
        type: dimensions === 1 ? 'int' : 'ints',
        required: true,
        min: 1,
        doc: dimensions === 1 ? 'Steps that come out.' : 'What comes out: one number, or [height, width].',
      },
    },
    outputs: [
      output(`[${[axes[0], ...(dimensions === 1 ? ['size'] : ['size', 'size']), 'channels'].join(', ')}].`),
    ],
    infer(call) {
      const type = typeOf(call);
      if (!needFloat(call) || !needAxes(call, axes)) return result(undefined);
      const sizes = dimensions === 1 ? [sizeOf(call, 'size')] : pairOf(call, 'size');
      if (!sizes) return result(undefined);
      let flops = Dim.of(0);
      let dims = [...type.dims];
      for (const [index, size] of sizes.entries()) {
        flops = flops.plus(product(dims).times(size).times(2));
        dims = dims.map((dim, axis) => (axis === index + 1 ? size : dim));
      }
      return result({ ...type, dims }, [], flops);
    },
  };
}

function upsample(dimensions: 1 | 2): Op {
  const axes = dimensions === 1 ? ['batch', 'steps', 'channels'] : ['batch', 'height', 'width', 'channels'];
  return {
    name: `upsample${dimensions}d`,
    category: 'pooling',
    stage: 'graph',
    summary: `Makes a ${dimensions === 1 ? 'sequence' : 'picture'} larger by repeating its places.`,
    doc: document(
      'Each place comes `factor` times in a row, axis by axis: the nearest neighbour.',
      nothing,
      dimensions === 1 ? { windows: 'float32[batch, 40, 64]' } : { edges: 'float32[batch, 14, 14, 16]' },
      `larger: { op: upsample${dimensions}d, in: ${dimensions === 1 ? 'windows' : 'edges'}, factor: 2 }`,
      dimensions === 1 ? 'float32[batch, 80, 64]' : 'float32[batch, 28, 28, 16]',
    ),
    inputs: [input(`[${axes.join(', ')}].`)],
    attributes: {
      factor: {
        type: dimensions === 1 ? 'int' : 'ints',
        default: dimensions === 1 ? 2 : [2],
        min: 1,
        doc: `How often each place comes.${dimensions === 1 ? '' : ' One number, or [height, width].'}`,
      },
    },
    outputs: [output('As the input, with larger sizes between batch and channels.')],
    infer(call) {
      const type = typeOf(call);
      if (!needFloat(call) || !needAxes(call, axes)) return result(undefined);
      const factors = dimensions === 1 ? [sizeOf(call, 'factor')] : pairOf(call, 'factor');
      if (!factors) return result(undefined);
      const dims = type.dims.map((dim, axis) => {
        const factor = factors[axis - 1];
        return axis > 0 && factor ? dim.times(factor) : dim;
      });
      return result({ ...type, dims }, [], noFlops);
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
  adaptivePool(1),
  adaptivePool(2),
  upsample(1),
  upsample(2),
];
