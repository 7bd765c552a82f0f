import { printType } from '../../types/type';
import type { OpAttribute } from '../op';
import {
  documented,
  type LossCall,
  type LossDeclaration,
  needFloatOutput,
  sameShape,
  scoresAndIndices,
} from './loss';

const smoothing: OpAttribute = {
  type: 'float',
  default: 0,
  min: 0,
  max: 0.99,
  doc: 'Share of the truth that is spread over all classes, against too much confidence.',
};
const classWeights: OpAttribute = {
  type: 'floats',
  min: 0,
  doc: 'How much each class counts, by index; 1 each when left out.',
};

const crossEntropy: LossDeclaration = {
  name: 'cross_entropy',
  summary: 'Learns which one of several classes is right.',
  doc: documented(
    'Mean of -log softmax(logits)[class]. The output holds a score (logit) per class along its last axis, before any softmax; the target the index of the right class. An index outside, such as -1, does not count.',
    'sentiment: { output: head.logits, target: reviews.class, loss: cross_entropy, metrics: [accuracy] }',
  ),
  options: { label_smoothing: smoothing, class_weights: classWeights },
  kinds: ['class'],
  check: (call) => scoresAndIndices(call, 'cross_entropy'),
};

const focal: LossDeclaration = {
  name: 'focal',
  summary: 'A cross entropy that looks away from what is already right.',
  doc: documented(
    'Lin et al. 2017: mean of -(1 - p)^gamma · log p, with p the share that softmax gives to the right class. For classes of which one is rare.',
    'defect: { output: head.logits, target: parts.defect, loss: { focal: { gamma: 2 } }, metrics: [f1] }',
  ),
  options: {
    gamma: { type: 'float', default: 2, min: 0, doc: 'How strongly it looks away; 0 is `cross_entropy`.' },
    class_weights: classWeights,
  },
  kinds: ['class'],
  check: (call) => scoresAndIndices(call, 'focal'),
};

/** Yes or no: one score per target, which is 0 or 1. */
function yesOrNo(call: LossCall, name: string): void {
  const { target, classes } = call;
  if (!needFloatOutput(call)) return;
  if (target.dtype === 'string') {
    call.fail({
      side: 'target',
      kind: 'dtype',
      message: `\`${name}\` needs 0 or 1, not ${printType(target)}`,
      help: 'declare the column as `bool` or as a `category` of two',
    });
    return;
  }
  if (classes !== undefined && classes !== 2) {
    call.fail({
      side: 'target',
      kind: 'dim',
      message: `\`${name}\` needs two classes, and there are ${classes}`,
      help: 'use `cross_entropy`',
    });
    return;
  }
  sameShape(call, name);
}

const binaryCrossEntropy: LossDeclaration = {
  name: 'binary_cross_entropy',
  summary: 'Learns a yes or no, or several at once.',
  doc: documented(
    'Mean of -(y·log σ(x) + (1 - y)·log(1 - σ(x))), with one logit x per target, before any sigmoid. The target is 0 or 1; with an axis of labels, [batch, labels], each label is a question of its own (multi-label).',
    'spam: { output: head.logits, target: mails.spam, loss: binary_cross_entropy, metrics: [f1] }',
  ),
  options: {
    positive_weight: { type: 'float', default: 1, min: 0, doc: 'How much a yes counts against a no.' },
    label_smoothing: {
      ...smoothing,
      doc: 'How far the truth is moved from 0 and 1 towards a half, against too much confidence.',
    },
  },
  kinds: ['class', 'labels'],
  check: (call) => yesOrNo(call, 'binary_cross_entropy'),
};

const hinge: LossDeclaration = {
  name: 'hinge',
  summary: 'Learns a yes or no with a margin, as a support vector machine does.',
  doc: documented(
    'Mean of max(0, 1 - y·x), with y = -1 for no and 1 for yes, and one score x per target. What is right by more than the margin counts nothing.',
    'spam: { output: head.logits, target: mails.spam, loss: hinge, metrics: [accuracy] }',
  ),
  options: {},
  kinds: ['class', 'labels'],
  check: (call) => yesOrNo(call, 'hinge'),
};

const distillation: LossDeclaration = {
  name: 'distillation',
  summary: 'Learns to score as a teacher does.',
  doc: documented(
    'Hinton et al. 2015: mean over rows of T²·Σ p·(log p - log q), with p and q the softmax of the scores, divided by the temperature T, of target and output. The target is an output of another part, mostly a frozen one; metrics take the class that it scores highest for the truth.',
    'student: { output: small.logits, target: large.logits, loss: { distillation: { temperature: 2 } }, metrics: [accuracy] }',
  ),
  options: {
    temperature: {
      type: 'float',
      default: 1,
      min: 0.01,
      doc: 'How much scores are levelled before they are compared.',
    },
  },
  kinds: ['class'],
  check(call) {
    if (!needFloatOutput(call)) return;
    if (!call.target.dtype.includes('float')) {
      const message = `\`distillation\` needs the scores of a teacher, not ${printType(call.target)}`;
      call.fail({ side: 'target', kind: 'dtype', message, help: 'take them from an output of another part' });
      return;
    }
    if (call.output.dims.length !== call.target.dims.length) {
      const message = `\`distillation\` needs scores of one shape; the output is ${printType(call.output)}, the target ${printType(call.target)}`;
      call.fail({ side: 'target', kind: 'rank', message });
      return;
    }
    for (const [axis, dim] of call.target.dims.entries())
      call.equate(call.output.dims[axis]!, dim, '`distillation` compares score by score');
  },
};

export const classificationLosses: LossDeclaration[] = [
  crossEntropy,
  binaryCrossEntropy,
  focal,
  hinge,
  distillation,
];
