/** Runs to look at: a whole training, told as the events that an engine writes. */
import { hostname } from 'node:os';
import type { RunRecord } from '../../protocol/generated/run';
import type { Metrics, Report, RunEvent } from '../../protocol/generated/run-event';

const START = Date.parse('2026-03-02T09:30:00Z');
const ENGINE = {
  name: 'tensorflow',
  executor: 'eager',
  backend: 'wasm',
  library: 'TensorFlow.js 4.22.0',
  device: 'CPU',
  threads: 2,
};
const EPOCHS = 20;
const STEPS_PER_EPOCH = 22;

/** An event without what every event has. */
type Told = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'seq' | 'time'> : never) : never;

export function record(changes: Partial<RunRecord> = {}): RunRecord {
  const brick = { source: 'workspace', hash: 'a'.repeat(64), weights: 'fresh', train: 'full' } as const;
  return {
    format: 1,
    id: '2026-03-02_09-30-00_product-sentiment',
    kind: 'train',
    model: { name: 'product-sentiment', version: '0.1.0', file: 'product-sentiment.brique.yaml' },
    created: new Date(START).toISOString(),
    seed: 7,
    engine: ENGINE,
    bricks: [
      { ...brick, part: 'words', module: 'std/text-vectorizer', version: '1.0.0', source: 'library' },
      {
        ...brick,
        part: 'encoder',
        module: 'text-encoder',
        version: '1.2.0',
        weights: 'run:2026-03-01_17-05-11_product-sentiment',
        train: 'frozen',
      },
      { ...brick, part: 'head', module: 'std/classifier', version: '1.0.0', source: 'library' },
    ],
    data: [
      { alias: 'reviews', name: 'product-reviews', version: '1.0.0', hash: 'b'.repeat(64), examples: 1000 },
    ],
    code: { revision: '5a23a04c0ffee5a23a04c0ffee5a23a04c0ffee0', modified: true },
    process: { pid: 4242, host: hostname(), started: '' },
    settings: { 'head.dropout': 0.2 },
    ...changes,
  };
}

/** Falls from `from` towards `to`, with a wiggle that is the same every time. */
function curve(from: number, to: number, speed: number, at: number, wiggle = 0): number {
  return to + (from - to) * Math.exp(-speed * at) + wiggle * Math.sin(at * 37.1) * Math.cos(at * 11.3);
}

function metricsAt(epoch: number, split: 'train' | 'validation'): Metrics {
  const validation = split === 'validation';
  const loss = validation
    ? curve(0.69, 0.4, 0.35, epoch, 0.008) + 0.002 * Math.max(0, epoch - 9) ** 1.5
    : curve(0.69, 0.1, 0.22, epoch, 0.01);
  const accuracy = validation ? 1 - curve(0.5, 0.19, 0.45, epoch, 0.01) : 1 - curve(0.5, 0.03, 0.25, epoch);
  const f1 = accuracy - 0.012;
  return {
    loss,
    'sentiment.loss': loss,
    'sentiment.accuracy': accuracy,
    'sentiment.f1': f1,
  };
}

export const report: Report = {
  split: 'test',
  tasks: {
    sentiment: {
      examples: 150,
      metrics: { loss: 0.4312, accuracy: 0.8133, f1: 0.8082 },
      confusion: {
        labels: ['negative', 'positive'],
        counts: [
          [63, 12],
          [16, 59],
        ],
      },
      slices: {
        'reviews.source': {
          amazon: { examples: 98, metrics: { accuracy: 0.8265, f1: 0.8211 } },
          imported: { examples: 52, metrics: { accuracy: 0.7885, f1: 0.7843 } },
        },
      },
    },
  },
  requirements: [
    { metric: 'sentiment.accuracy', comparison: '>=', required: 0.75, actual: 0.8133, met: true },
    { metric: 'sentiment.f1', comparison: '>=', required: 0.85, actual: 0.8082, met: false },
  ],
};

export interface Told20 {
  /** Stops telling after this epoch; all if not given. */
  until?: number;
  end?: 'completed' | 'failed' | 'cancelled';
  /** What its report says of the test split. */
  accuracy?: number;
}

function withAccuracy(accuracy: number): Report {
  const { sentiment } = report.tasks;
  const metrics = { ...sentiment!.metrics, accuracy };
  return { ...report, tasks: { sentiment: { ...sentiment!, metrics } } };
}

/** The events of a training over 20 epochs. */
export function events({ until = EPOCHS, end, accuracy }: Told20 = {}): RunEvent[] {
  const told: { at: number; event: Told }[] = [];
  let at = 0;
  const tell = (seconds: number, event: Told) => {
    at += seconds;
    told.push({ at, event });
  };
  const parts = ['words', 'encoder', 'head'];
  const { id: run } = record();
  tell(0, { type: 'run_started', run, engine: ENGINE, epochs: EPOCHS, parts, tasks: ['sentiment'] });
  tell(0.01, { type: 'phase_started', phase: 'prepare' });
  for (const [split, examples, cached] of [
    ['train', 700, false],
    ['validation', 150, true],
    ['test', 150, true],
  ] as const) {
    tell(0.08, { type: 'data_prepared', data: 'reviews', split, examples, cached, seconds: 0.08 });
  }
  tell(0.01, {
    type: 'message',
    level: 'warning',
    code: 'words-unknown',
    text: '212 of 5,431 words in the validation split are not in the vocabulary; they count as unknown.',
  });
  tell(0.01, { type: 'phase_started', phase: 'compile' });
  tell(0.06, {
    type: 'step_compiled',
    parameters: 297_410,
    trainable: 258,
    primitives: 64,
    seconds: 0.06,
    parts: [
      { name: 'words', module: 'std/text-vectorizer', version: '1.0.0', parameters: 0, trainable: 0 },
      { name: 'encoder', module: 'text-encoder', version: '1.2.0', parameters: 297_152, trainable: 0 },
      { name: 'head', module: 'std/classifier', version: '1.0.0', parameters: 258, trainable: 258 },
    ],
    memory: { weights: 1_189_640, optimizer: 2064, working: 33_280, total: 1_224_984 },
  });
  tell(0.3, {
    type: 'message',
    level: 'info',
    text: 'What the frozen encoder gives is computed once, in 0.3 s.',
  });
  tell(0, { type: 'phase_started', phase: 'train' });
  const steps = EPOCHS * STEPS_PER_EPOCH;
  for (let epoch = 1; epoch <= until; epoch++) {
    for (let step = (epoch - 1) * STEPS_PER_EPOCH + 2; step <= epoch * STEPS_PER_EPOCH; step += 2) {
      const x = step / STEPS_PER_EPOCH;
      const loss = curve(0.69, 0.1, 0.22, x, 0.09);
      tell(0.05, {
        type: 'step_done',
        epoch,
        step,
        steps,
        metrics: { loss, 'sentiment.loss': loss },
        examples_per_second: 1280,
        seconds_left: (steps - step) * 0.025,
      });
    }
    tell(0.05, {
      type: 'epoch_done',
      epoch,
      step: epoch * STEPS_PER_EPOCH,
      seconds: 0.6,
      train: metricsAt(epoch, 'train'),
      validation: metricsAt(epoch, 'validation'),
      best: epoch <= 11,
      seconds_left: (EPOCHS - epoch) * 0.6,
    });
  }
  if (end === 'completed') {
    tell(0, { type: 'phase_started', phase: 'save' });
    for (const part of ['encoder', 'head']) {
      const file = `weights/${part}.safetensors`;
      tell(0.02, { type: 'weights_saved', part, file, sha256: 'c'.repeat(64) });
    }
    tell(0, { type: 'phase_started', phase: 'evaluate' });
    tell(0.1, { type: 'evaluated', report: accuracy === undefined ? report : withAccuracy(accuracy) });
  }
  if (end === 'failed') {
    tell(0.01, {
      type: 'message',
      level: 'error',
      text: 'The loss became NaN in step 101.',
      code: 'loss-not-finite',
    });
  }
  if (end) {
    const failure =
      end === 'failed'
        ? {
            code: 'loss-not-finite',
            message: 'The loss became NaN in step 101, in task sentiment of part head.',
            help: 'A smaller learning rate helps most often: train.optimizer.adam.learning_rate is 1e-1.',
            file: 'product-sentiment.brique.yaml',
            line: 21,
          }
        : undefined;
    tell(0.01, {
      type: 'run_ended',
      status: end,
      seconds: at,
      epochs: until,
      best_epoch: Math.min(11, until),
      failure,
    });
  }
  return told.map(({ at: seconds, event }, seq) => ({
    seq,
    time: new Date(START + seconds * 1000).toISOString(),
    ...event,
  }));
}
