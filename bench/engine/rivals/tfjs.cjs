/** TensorFlow.js `fit` on tfjs-node, whose folder BRIQUE_TENSORFLOW holds. */
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

// As Brique does.
process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
const tf = createRequire(join(process.env.BRIQUE_TENSORFLOW, 'x.js'))('@tensorflow/tfjs-node');
const { name, batch, classes, shape, ids } = JSON.parse(readFileSync('model.json', 'utf8'));

/** Attention and learned positions are no layers of TensorFlow.js. */
class Attention extends tf.layers.Layer {
  build([, , width]) {
    const kernel = (of) => this.addWeight(of, [width, width], 'float32', tf.initializers.glorotUniform({}));
    const bias = (of) => this.addWeight(of, [width], 'float32', tf.initializers.zeros());
    this.parts = ['query', 'key', 'value', 'output'].map((of) => [kernel(of), bias(`${of}_bias`)]);
    this.built = true;
  }
  call(inputs) {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const [rows, steps, width] = x.shape;
      const heads = 4;
      const linear = (input, [kernel, bias]) =>
        input.reshape([-1, width]).matMul(kernel.read()).add(bias.read());
      const split = (part) =>
        linear(x, part)
          .reshape([rows, steps, heads, width / heads])
          .transpose([0, 2, 1, 3]);
      const [query, key, value] = this.parts.slice(0, 3).map(split);
      const scores = tf.matMul(query, key, false, true).mul(1 / Math.sqrt(width / heads));
      const mixed = tf.matMul(tf.softmax(scores), value).transpose([0, 2, 1, 3]);
      return linear(mixed, this.parts[3]).reshape([rows, steps, width]);
    });
  }
  computeOutputShape(given) {
    return given;
  }
  static className = 'Attention';
}

class Positions extends tf.layers.Layer {
  build([, steps, width]) {
    this.table = this.addWeight(
      'table',
      [steps, width],
      'float32',
      tf.initializers.randomNormal({ stddev: 0.02 }),
    );
    this.built = true;
  }
  call(inputs) {
    return tf.tidy(() => (Array.isArray(inputs) ? inputs[0] : inputs).add(this.table.read()));
  }
  computeOutputShape(given) {
    return given;
  }
  static className = 'Positions';
}

/** The one of TensorFlow.js tiles its weights, whose gradient takes an op for each row, so it takes several times as long. */
class Normed extends tf.layers.Layer {
  build(given) {
    const width = [given.at(-1)];
    this.gamma = this.addWeight('gamma', width, 'float32', tf.initializers.ones());
    this.beta = this.addWeight('beta', width, 'float32', tf.initializers.zeros());
    this.built = true;
  }
  call(inputs) {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const { mean, variance } = tf.moments(x, -1, true);
      const scale = variance.add(1e-5).rsqrt();
      return x.sub(mean).mul(scale).mul(this.gamma.read()).add(this.beta.read());
    });
  }
  computeOutputShape(given) {
    return given;
  }
  static className = 'Normed';
}

class Gelu extends tf.layers.Layer {
  call(inputs) {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      return x.mul(x.mul(Math.SQRT1_2).erf().add(1).mul(0.5));
    });
  }
  computeOutputShape(given) {
    return given;
  }
  static className = 'Gelu';
}

const { layers } = tf;
const conv = (filters, kernelSize, strides = 1) =>
  layers.conv2d({
    filters,
    kernelSize,
    strides,
    padding: 'same',
    useBias: false,
    kernelInitializer: 'heUniform',
  });
const normed = (x) => layers.batchNormalization({}).apply(x);
const relu = (x) => layers.reLU().apply(x);

function block(x, filters, stride) {
  const first = relu(normed(conv(filters, 3, stride).apply(x)));
  const second = normed(conv(filters, 3).apply(first));
  const around = stride === 1 ? x : normed(conv(filters, 1, stride).apply(x));
  return relu(layers.add().apply([around, second]));
}

const BUILD = {
  mlp: (x) => layers.dense({ units: 512, activation: 'relu' }).apply(x),
  cnn(x) {
    const embedded = layers.embedding({ inputDim: ids, outputDim: 64 }).apply(x);
    const windows = layers.conv1d({ filters: 64, kernelSize: 5, activation: 'relu' }).apply(embedded);
    return layers.globalMaxPooling1d({}).apply(windows);
  },
  transformer(x) {
    let states = new Positions({}).apply(layers.embedding({ inputDim: ids, outputDim: 128 }).apply(x));
    for (let layer = 0; layer < 2; layer++) {
      const attended = new Attention({}).apply(new Normed({}).apply(states));
      const middle = layers.add().apply([states, attended]);
      const wide = layers.dense({ units: 512 }).apply(new Normed({}).apply(middle));
      states = layers.add().apply([middle, layers.dense({ units: 128 }).apply(new Gelu({}).apply(wide))]);
    }
    return layers.globalAveragePooling1d({}).apply(new Normed({}).apply(states));
  },
  lstm(x) {
    const embedded = layers.embedding({ inputDim: ids, outputDim: 64 }).apply(x);
    const layer = layers.lstm({ units: 64, returnSequences: true, recurrentInitializer: 'glorotUniform' });
    return layers.globalMaxPooling1d({}).apply(layers.bidirectional({ layer }).apply(embedded));
  },
  resnet(x) {
    let image = relu(normed(conv(16, 3).apply(x)));
    for (const [filters, stride] of [
      [16, 1],
      [32, 2],
      [32, 1],
      [64, 2],
      [64, 1],
    ])
      image = block(image, filters, stride);
    return layers.globalAveragePooling2d({}).apply(image);
  },
};

async function main() {
  const input = tf.input({ shape, dtype: ids ? 'int32' : 'float32' });
  const features = BUILD[name](input);
  const model = tf.model({ inputs: input, outputs: layers.dense({ units: classes }).apply(features) });
  const loss = (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits);
  model.compile({ optimizer: tf.train.adam(1e-3), loss, metrics: ['accuracy'] });
  const bytes = (file) => new Uint8Array(readFileSync(file)).buffer;
  const labels = new Int32Array(bytes('y.bin'));
  const values = ids ? new Int32Array(bytes('x.bin')) : new Float32Array(bytes('x.bin'));
  const x = tf.tensor(values, [labels.length, ...shape], ids ? 'int32' : 'float32');
  const y = tf.oneHot(tf.tensor1d(labels, 'int32'), classes).toFloat();
  const parameters = model.trainableWeights.reduce(
    (sum, { shape: of }) => sum + of.reduce((a, b) => a * b),
    0,
  );
  for await (const _ of createInterface({ input: process.stdin })) {
    const start = performance.now();
    const { history } = await model.fit(x, y, { batchSize: batch, epochs: 1, shuffle: true, verbose: 0 });
    const ms = performance.now() - start;
    console.log(JSON.stringify({ ms, loss: history.loss[0], parameters, version: tf.version.tfjs }));
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
