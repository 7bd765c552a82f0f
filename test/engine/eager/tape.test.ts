import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { Builder } from '../../../engine/step/builder';
import { gradients } from '../../../engine/step/gradient/gradient';
import type { HostTensor } from '../../../engine/step/program';
import { openEagerExecutor } from '../../../engine/tensorflow/eager';
import { runOnce } from '../executors';
import { allClose, tensor } from '../graph/tensors';
import { random } from '../step/cases';

/** Our gradients beside those that TensorFlow.js itself finds with its tape, on its plain CPU backend. */
describe('gradients of TensorFlow.js', () => {
  it('are ours, through embedding, convolution, pooling, relu, a product and cross entropy', async () => {
    const executor = await openEagerExecutor();
    const tokens = tensor([4, 6], (i) => (i * 5) % 7, 'int32');
    const labels = tensor([4], (i) => i % 3, 'int32');
    const weights = { table: random([7, 5]), filter: random([1, 3, 5, 8]), kernel: random([8, 3]) };

    const b = new Builder();
    const id = (name: string, { dtype, shape }: HostTensor) => b.input(name, { dtype, shape });
    const [table, filter, kernel] = Object.entries(weights).map(([name, value]) => id(name, value)) as [
      number,
      number,
      number,
    ];
    const rows = b.reshape(b.gather(table, id('tokens', tokens)), [4, 1, 6, 5]);
    const windows = b.unary(
      'relu',
      b.conv2d(rows, filter, {
        strides: [1, 1],
        dilations: [1, 1],
        pads: [
          [0, 0],
          [1, 1],
        ],
      }),
    );
    const pooled = b.reshape(
      b.maxPool2d(windows, {
        window: [1, 6],
        strides: [1, 6],
        pads: [
          [0, 0],
          [0, 0],
        ],
      }),
      [4, 8],
    );
    const shares = b.mul(b.oneHot(id('labels', labels), 3), b.logSoftmax(b.matmul(pooled, kernel)));
    const loss = b.mul(b.scalar(-1 / 4), b.sum(shares, [0, 1]));
    const found = gradients(b, loss, [table, filter, kernel]);
    const program = b.finish({
      loss,
      table: found.get(table)!,
      filter: found.get(filter)!,
      kernel: found.get(kernel)!,
    });
    const ours = await runOnce(executor, program, { tokens, labels, ...weights });

    await tf.setBackend('cpu');
    try {
      const variables = Object.values(weights).map(({ data, shape }) => tf.tensor(data, shape));
      const lossOf = (t: tf.Tensor, f: tf.Tensor, k: tf.Tensor): tf.Scalar => {
        const picked = tf.gather(t, tf.tensor(tokens.data, [24], 'int32'));
        const windows = tf.relu(
          tf.conv2d(tf.reshape(picked, [4, 1, 6, 5]) as tf.Tensor4D, f as tf.Tensor4D, 1, 'same'),
        );
        const pooled = tf.reshape(tf.maxPool(windows as tf.Tensor4D, [1, 6], [1, 6], 'valid'), [4, 8]);
        const shares = tf.logSoftmax(tf.matMul(pooled as tf.Tensor2D, k as tf.Tensor2D));
        const chosen = tf.oneHot(tf.tensor1d(labels.data as Int32Array, 'int32'), 3);
        return tf.mul(tf.sum(tf.mul(chosen, shares)), -1 / 4) as tf.Scalar;
      };
      const { value, grads } = tf.valueAndGrads(lossOf as (...values: tf.Tensor[]) => tf.Tensor)(variables);
      const theirs = { loss: value, table: grads[0]!, filter: grads[1]!, kernel: grads[2]! };
      for (const [name, expected] of Object.entries(theirs)) {
        const data = Float32Array.from(expected.dataSync());
        allClose(ours[name]!, { dtype: 'float32', shape: expected.shape, data }, 1e-5);
      }
    } finally {
      await tf.setBackend('wasm');
    }
  });
});
