import type { DType } from '../../types/type';
import { input, needDtype, output, result, typeOf } from '../call';
import type { Op, OpAttribute, OpCall } from '../op';

export const numbers: DType[] = ['float32', 'float64', 'int32', 'int64', 'uint8'];

const asFloat = (call: OpCall) =>
  result(needDtype(call, numbers) ? { ...typeOf(call), dtype: 'float32' } : undefined);

interface Scaling {
  name: string;
  summary: string;
  doc: string;
  /** What it reads, the step, and what comes out. */
  example: [given: string, step: string, out: string];
  attributes?: Record<string, OpAttribute>;
  infer?: Op['infer'];
}

/** Numbers in, numbers of the same shape out. */
function scaling({ name, summary, doc, example, attributes = {}, infer = asFloat }: Scaling): Op {
  return {
    name,
    category: 'prepare',
    stage: 'prepare',
    summary,
    doc: `${doc}\n\n\`\`\`yaml\n# ${example[0]}\n${example[1]} # ${example[2]}\n\`\`\``,
    inputs: [input('Numbers, the batch first.')],
    attributes,
    outputs: [output('float32 of the same shape.')],
    infer,
  };
}

const standardize = scaling({
  name: 'standardize',
  summary: 'Brings a column of numbers to mean 0 and variance 1.',
  doc: `(x - mean)/deviation, with mean and standard deviation of the training split; a column that never changes becomes 0,
and so does a missing value. A vector is standardized entry by entry.`,
  example: ['price: float32[batch]', 'scaled: { op: standardize, in: price }', 'float32[batch]'],
});

const minMaxScale = scaling({
  name: 'min_max_scale',
  summary: 'Brings a column of numbers into a range.',
  doc: `\`low\` + (x - min)/(max - min)·(\`high\` - \`low\`), with the smallest and the largest value of the training split; a
column that never changes becomes \`low\`. Values beyond those of the training split are cut to the range.`,
  example: ['price: float32[batch]', 'scaled: { op: min_max_scale, in: price, low: -1 }', 'float32[batch]'],
  attributes: {
    low: { type: 'float', default: 0, doc: 'Where the smallest value goes.' },
    high: { type: 'float', default: 1, doc: 'Where the largest value goes.' },
  },
  infer(call) {
    const { low, high } = call.attributes;
    if (typeof low === 'number' && typeof high === 'number' && low >= high) {
      const message = `\`low\` must be less than \`high\`, but ${low} is not less than ${high}`;
      call.fail({ attribute: 'low', kind: 'attribute', message });
      return result(undefined);
    }
    return asFloat(call);
  },
});

const robustScale = scaling({
  name: 'robust_scale',
  summary: 'Scales a column of numbers so that a few wild values do not matter.',
  doc: `(x - median)/(third quartile - first quartile), all of the training split. Where the quartiles are the same, only the
median is taken off; a missing value becomes 0. Quartiles between two values are interpolated.`,
  example: ['income: int32[batch]', 'scaled: { op: robust_scale, in: income }', 'float32[batch]'],
});

const logScale = scaling({
  name: 'log_scale',
  summary: 'Brings numbers of very different size close together.',
  doc: `sign(x)·log(1 + |x|): log1p, for negative numbers too. Nothing is fitted; \`standardize\` often follows.`,
  example: ['population: int32[batch]', 'scaled: { op: log_scale, in: population }', 'float32[batch]'],
});

export const scalingOps: Op[] = [standardize, minMaxScale, robustScale, logScale];
