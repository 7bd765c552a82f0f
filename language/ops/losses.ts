/** What a task can be learnt by: which outputs and targets each loss takes, and which metrics go with it. */
import { Dim } from '../types/dim';
import { describeRank } from '../types/fit';
import { printType, type TensorType } from '../types/type';
import { floats } from './call';

export interface Loss {
  name: string;
  summary: string;
  /** Markdown, with the formula. */
  doc: string;
  /** Names of the metrics that fit. */
  metrics: string[];
  check(call: LossCall): void;
}

/** What a task joins. Both types are resolved. */
export interface LossCall {
  output: TensorType;
  target: TensorType;
  /** The number of classes, when the target is a category. */
  classes: number | undefined;
  equate(output: Dim, target: Dim, why: string): void;
  fail(problem: LossProblem): void;
}

export interface LossProblem {
  side: 'output' | 'target';
  kind: 'rank' | 'dtype' | 'dim';
  message: string;
  help?: string;
}

const classMetrics = ['accuracy', 'f1', 'precision', 'recall'];
const numberMetrics = ['mse', 'mae', 'r2'];

const crossEntropy: Loss = {
  name: 'cross_entropy',
  summary: 'Learns which one of several classes is right.',
  doc: 'Mean of -log softmax(logits)[class]. The output holds a score (logit) per class along its last axis, before any softmax; the target the index of the right class.\n\n```yaml\ntasks:\n  sentiment: { output: head.logits, target: reviews.class, loss: cross_entropy, metrics: [accuracy] }\n```',
  metrics: classMetrics,
  check(call) {
    const { output, target, classes } = call;
    if (!needFloatOutput(call)) return;
    if (target.dtype !== 'int32' && target.dtype !== 'int64') {
      const help =
        target.dtype === 'string'
          ? 'declare the column as a `category`'
          : 'for a number to be met, use `mse`, `mae` or `huber`';
      call.fail({
        side: 'target',
        kind: 'dtype',
        message: `\`cross_entropy\` needs the index of a class, int32, not ${printType(target)}`,
        help,
      });
      return;
    }
    if (output.dims.length !== target.dims.length + 1 || output.lead !== target.lead) {
      const message = `\`cross_entropy\` needs one axis more than its target, a score per class; the output is ${printType(output)}, the target ${printType(target)}`;
      call.fail({
        side: 'output',
        kind: 'rank',
        message,
        help: 'end in `std/classifier`, or in a `dense` with one unit per class',
      });
      return;
    }
    for (const [axis, dim] of target.dims.entries()) {
      call.equate(output.dims[axis]!, dim, '`cross_entropy` compares each score with one target');
    }
    if (classes !== undefined) {
      const scores = output.dims[output.dims.length - 1]!;
      call.equate(
        scores,
        Dim.of(classes),
        `the target has ${classes} classes, so there are ${classes} scores`,
      );
    }
  },
};

const binaryCrossEntropy: Loss = {
  name: 'binary_cross_entropy',
  summary: 'Learns a yes or no.',
  doc: 'Mean of -(y·log σ(x) + (1 - y)·log(1 - σ(x))), with one logit x per target, before any sigmoid. The target is 0 or 1.\n\n```yaml\ntasks:\n  spam: { output: head.logits, target: mails.spam, loss: binary_cross_entropy, metrics: [f1] }\n```',
  metrics: classMetrics,
  check(call) {
    const { target, classes } = call;
    if (!needFloatOutput(call)) return;
    if (target.dtype === 'string') {
      call.fail({
        side: 'target',
        kind: 'dtype',
        message: `\`binary_cross_entropy\` needs 0 or 1, not ${printType(target)}`,
        help: 'declare the column as `bool` or as a `category` of two',
      });
      return;
    }
    if (classes !== undefined && classes !== 2) {
      call.fail({
        side: 'target',
        kind: 'dim',
        message: `\`binary_cross_entropy\` needs two classes, and there are ${classes}`,
        help: 'use `cross_entropy`',
      });
      return;
    }
    sameShape(call, 'binary_cross_entropy');
  },
};

function numberLoss(name: string, summary: string, formula: string): Loss {
  return {
    name,
    summary,
    doc: `Mean of ${formula}, with d = output - target.\n\n\`\`\`yaml\ntasks:\n  price: { output: head.value, target: houses.price, loss: ${name}, metrics: [mae, r2] }\n\`\`\``,
    metrics: numberMetrics,
    check(call) {
      const { target, classes } = call;
      if (!needFloatOutput(call)) return;
      if (classes !== undefined) {
        call.fail({
          side: 'target',
          kind: 'dtype',
          message: `\`${name}\` needs a number to be met, not one of ${classes} classes`,
          help: 'use `cross_entropy`',
        });
        return;
      }
      if (!floats.includes(target.dtype) && target.dtype !== 'int32' && target.dtype !== 'int64') {
        call.fail({
          side: 'target',
          kind: 'dtype',
          message: `\`${name}\` needs numbers, not ${printType(target)}`,
        });
        return;
      }
      sameShape(call, name);
    },
  };
}

function needFloatOutput(call: LossCall): boolean {
  if (floats.includes(call.output.dtype)) return true;
  call.fail({
    side: 'output',
    kind: 'dtype',
    message: `a task's output holds float32, not ${printType(call.output)}`,
  });
  return false;
}

/** One output per target; a last axis of size 1 may be missing on the side of the target. */
function sameShape(call: LossCall, name: string): void {
  const { output, target } = call;
  const surplus = output.dims.length - target.dims.length;
  if (output.lead !== target.lead || surplus < 0 || surplus > 1) {
    const message = `\`${name}\` needs one output per target; the output has ${describeRank(output)}, ${printType(output)}, and the target ${describeRank(target)}, ${printType(target)}`;
    call.fail({
      side: 'output',
      kind: 'rank',
      message,
      help: 'end in `std/regressor`, or in a `dense` with one unit',
    });
    return;
  }
  for (const [axis, dim] of target.dims.entries()) {
    call.equate(output.dims[axis]!, dim, `\`${name}\` compares each output with one target`);
  }
  if (surplus === 1)
    call.equate(output.dims[output.dims.length - 1]!, Dim.of(1), `\`${name}\` needs one output per target`);
}

const losses: readonly Loss[] = [
  crossEntropy,
  binaryCrossEntropy,
  numberLoss('mse', 'Learns a number; large errors count most.', 'd²'),
  numberLoss('mae', 'Learns a number; every unit of error counts the same.', '|d|'),
  numberLoss(
    'huber',
    'Learns a number; squared for small errors, absolute for large ones.',
    'd²/2 where |d| ≤ 1, else |d| - 1/2 (Huber 1964)',
  ),
];

export function allLosses(): readonly Loss[] {
  return losses;
}

export function lossNamed(name: string): Loss | undefined {
  return losses.find((loss) => loss.name === name);
}
