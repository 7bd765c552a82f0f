import { Builder } from '../../../engine/step/builder';
import type { Conv2dGeometry, Executor, Pool2dGeometry } from '../../../engine/step/program';
import { windowCount } from '../../../engine/step/sizes';
import { openGraphExecutor } from '../../../engine/tensorflow/graph';
import { runReference } from '../reference';
import { needsNativeTensorflow } from './native';
import { allClose, tensor } from './tensors';

type Pads = Conv2dGeometry['pads'];

const none: Pads = [
  [0, 0],
  [0, 0],
];
const same: Pads = [
  [1, 1],
  [0, 1],
];
const odd: Pads = [
  [2, 0],
  [1, 2],
];

describe('graph: windows', function () {
  needsNativeTensorflow(this);
  let executor: Executor;
  before(async () => {
    executor = await openGraphExecutor();
  });

  const image = [2, 6, 7, 3];
  const filter = [3, 2, 3, 4];
  for (const strides of [
    [1, 1],
    [2, 1],
  ] as [number, number][]) {
    for (const dilations of [
      [1, 1],
      [1, 2],
      [2, 2],
    ] as [number, number][]) {
      for (const pads of [none, same, odd]) {
        for (const batch of ['b', 2]) {
          const geometry = { strides, dilations, pads };
          it(`conv2d and its gradients, ${JSON.stringify(geometry)}, batch ${batch}`, () =>
            convolution(geometry, batch));
        }
      }
    }
  }

  async function convolution(geometry: Conv2dGeometry, batch: number | string): Promise<void> {
    const { strides, dilations, pads } = geometry;
    const out = ([0, 1] as const).map((i) =>
      windowCount(image[i + 1]!, filter[i]!, strides[i], dilations[i], pads[i]),
    );
    const gradientShape = [2, out[0]!, out[1]!, 4];
    const b = new Builder();
    const x = b.input('x', { dtype: 'float32', shape: [batch, ...image.slice(1)] });
    const w = b.input('w', { dtype: 'float32', shape: filter });
    const g = b.input('g', { dtype: 'float32', shape: [batch, ...gradientShape.slice(1)] });
    const program = b.finish({
      y: b.conv2d(x, w, geometry),
      dx: b.conv2dGradInput(x, w, g, geometry),
      dw: b.conv2dGradFilter(x, filter, g, geometry),
    });
    await compare(program, {
      x: tensor(image, (i) => Math.sin(i)),
      w: tensor(filter, (i) => Math.cos(i)),
      g: tensor(gradientShape, (i) => Math.sin(i * 2)),
    });
  }

  for (const strides of [
    [1, 1],
    [2, 2],
    [3, 2],
  ] as [number, number][]) {
    for (const pads of [
      none,
      same,
      [
        [1, 0],
        [1, 1],
      ] as Pads,
    ]) {
      for (const batch of ['b', 2]) {
        const geometry: Pool2dGeometry = { window: [3, 2], strides, pads };
        it(`max_pool2d and its gradient, ${JSON.stringify(geometry)}, batch ${batch}`, async () => {
          const b = new Builder();
          const x = b.input('x', { dtype: 'float32', shape: [batch, ...image.slice(1)] });
          const y = b.maxPool2d(x, geometry);
          const shape = [2, ...(b.shape(y).slice(1) as number[])];
          const g = b.input('g', { dtype: 'float32', shape: [batch, ...shape.slice(1)] });
          await compare(b.finish({ y, dx: b.maxPool2dGrad(x, y, g, geometry) }), {
            x: tensor(image, (i) => Math.sin(i * 7) - 3),
            g: tensor(shape, (i) => i + 1),
          });
        });
      }
    }
  }

  async function compare(
    program: Parameters<typeof runReference>[0],
    inputs: Parameters<typeof runReference>[1],
  ) {
    const step = { state: [], programs: { evaluate: program, serve: program } };
    const session = await executor.open(step, new Map());
    try {
      const outputs = await session.run('evaluate', inputs);
      for (const [name, expected] of Object.entries(runReference(program, inputs))) {
        allClose(outputs[name]!, expected);
      }
    } finally {
      session.close();
    }
  }
});
