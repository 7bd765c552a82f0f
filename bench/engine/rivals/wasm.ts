/** The multilayer perceptron as one would write it by hand with TensorFlow.js on WebAssembly: `wasm.ts steps`, of an epoch. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { openWasmBackend } from '../../../engine/tensorflow/eager/backend';

async function main(): Promise<void> {
  await openWasmBackend();
  const { batch, classes, shape } = JSON.parse(readFileSync('model.json', 'utf8'));
  const bytes = (file: string) => new Uint8Array(readFileSync(file)).buffer;
  const x = new Float32Array(bytes('x.bin'));
  const labels = new Int32Array(bytes('y.bin'));
  const [inputs] = shape as [number];
  const kernel = (from: number, to: number) => {
    const limit = Math.sqrt(6 / (from + to));
    return tf.variable<tf.Rank.R2>(tf.randomUniform([from, to], -limit, limit));
  };
  const [w1, b1] = [kernel(inputs, 512), tf.variable(tf.zeros([512]))];
  const [w2, b2] = [kernel(512, classes), tf.variable(tf.zeros([classes]))];
  const optimizer = tf.train.adam(1e-3);
  const steps = Number(process.argv[2]);
  for await (const _ of createInterface({ input: process.stdin })) {
    const start = performance.now();
    let sum = 0;
    for (let step = 0; step < steps; step++) {
      const rows = x.subarray(step * batch * inputs, (step + 1) * batch * inputs);
      const own = labels.subarray(step * batch, (step + 1) * batch);
      const value = tf.tidy((): tf.Scalar => {
        const xs = tf.tensor2d(rows, [batch, inputs]);
        const ys = tf.cast(tf.oneHot(tf.tensor1d(own, 'int32'), classes), 'float32');
        return optimizer.minimize(() => {
          const hidden = tf.relu(tf.add(tf.matMul(xs, w1), b1));
          return tf.losses.softmaxCrossEntropy(ys, tf.add(tf.matMul(hidden, w2), b2)) as tf.Scalar;
        }, true)!;
      });
      sum += (await value.data())[0]!;
      value.dispose();
    }
    console.log(JSON.stringify({ ms: performance.now() - start, loss: sum / steps }));
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
