import { Builder } from '../../../engine/step/builder';
import type { HostTensor, Step, Update } from '../../../engine/step/program';
import { numbers, tensor } from './tensors';

export interface Layers {
  inputs: number;
  hidden: number;
  classes: number;
}

/**
 * A classifier inputs -> hidden (relu) -> classes with softmax cross-entropy and Adam, its gradients written out by
 * hand: the executor under test without the compiler.
 */
export function perceptron({ inputs, hidden, classes }: Layers, batch: number | string): Step {
  const shapes: Record<string, number[]> = {
    'first.kernel': [inputs, hidden],
    'first.bias': [hidden],
    'second.kernel': [hidden, classes],
    'second.bias': [classes],
  };
  const moments = Object.entries(shapes).flatMap(([name, shape]) => [
    { name, dtype: 'float32' as const, shape },
    { name: `${name}/m`, dtype: 'float32' as const, shape },
    { name: `${name}/v`, dtype: 'float32' as const, shape },
  ]);
  const state = [...moments, { name: 'step', dtype: 'int32' as const, shape: [] }];

  const forward = (b: Builder) => {
    const x = b.input('x', { dtype: 'float32', shape: [batch, inputs] });
    const [k1, b1, k2, b2] = Object.entries(shapes).map(([name, shape]) => b.state(name, 'float32', shape));
    const hiddenUnits = b.unary('relu', b.add(b.matmul(x, k1!), b1!));
    const logits = b.add(b.matmul(hiddenUnits, k2!), b2!);
    return { x, k2: k2!, hiddenUnits, logits };
  };

  const train = new Builder();
  const { x, k2, hiddenUnits, logits } = forward(train);
  const labels = train.oneHot(train.input('y', { dtype: 'int32', shape: [batch] }), classes);
  const logs = train.logSoftmax(logits);
  const loss = train.unary('neg', train.mean(train.sum(train.mul(labels, logs), [1]), [0]));
  const rows = train.sizeOf(x, 0, 'float32');
  const gradLogits = train.div(train.sub(train.unary('exp', logs), labels), rows);
  const gradHidden = train.mul(
    train.matmul(gradLogits, k2, false, true),
    train.cast(train.binary('greater', hiddenUnits, train.scalar(0)), 'float32'),
  );
  const gradients = [
    train.matmul(x, gradHidden, true),
    train.sum(gradHidden, [0]),
    train.matmul(hiddenUnits, gradLogits, true),
    train.sum(gradLogits, [0]),
  ];
  const step = train.add(train.state('step', 'int32', []), train.scalar(1, 'int32'));
  const learningRate = train.scalar(1e-3);
  const updates = Object.keys(shapes).map(
    (name, i): Update => ({
      kind: 'adam',
      state: name,
      m: `${name}/m`,
      v: `${name}/v`,
      gradient: gradients[i]!,
      step,
      learningRate,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
      weightDecay: 0,
    }),
  );

  const serve = new Builder();
  const probabilities = serve.softmax(forward(serve).logits);
  const serving = serve.finish({ probabilities });
  return {
    state,
    programs: {
      train: train.finish({ loss }, [...updates, { kind: 'assign', state: 'step', value: step }]),
      evaluate: serving,
      serve: serving,
    },
  };
}

/** Small random weights, zero moments. */
export function firstState(step: Step, seed: number): Map<string, HostTensor> {
  const next = numbers(seed);
  return new Map(
    step.state.map(({ name, dtype, shape }) => [
      name,
      tensor(shape, () => (name.endsWith('kernel') ? (next() - 0.5) * 0.2 : 0), dtype),
    ]),
  );
}

/** `count` batches of random inputs with random labels. */
export function batches({ inputs, classes }: Layers, batch: number, count: number, seed: number) {
  const next = numbers(seed);
  return Array.from({ length: count }, () => ({
    x: tensor([batch, inputs], next),
    y: tensor([batch], () => Math.floor(next() * classes), 'int32'),
  }));
}
