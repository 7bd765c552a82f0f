import { input, needDtype, output, result, typeOf } from '../call';
import type { Op, OpCall } from '../op';
import { numbers } from './scaling';

export const bucketize: Op = {
  name: 'bucketize',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns numbers into the index of the range that they fall into.',
  doc: `With \`edges\`, these divide the ranges; an edge belongs to the range above it, so n edges make n + 1 ranges. With
\`buckets\`, edges are fitted so that each range holds about as many rows of the training split (quantiles).

\`\`\`yaml
# age: float32[batch]
age_group: { op: bucketize, in: age, edges: [18, 30, 65] } # int32[batch]
\`\`\``,
  inputs: [input('Numbers.')],
  attributes: {
    edges: { type: 'floats', doc: 'Where one range ends and the next begins, in ascending order.' },
    buckets: { type: 'int', min: 2, doc: 'How many ranges to fit.' },
  },
  outputs: [output('int32 of the same shape, from 0.')],
  infer(call) {
    if (!needDtype(call, numbers) || !settled(call)) return result(undefined);
    return result({ ...typeOf(call), dtype: 'int32' });
  },
};

function settled(call: OpCall): boolean {
  const refuse = (attribute: string, message: string) => {
    call.fail({ attribute, kind: 'attribute', message });
    return false;
  };
  if (call.given('edges') && call.given('buckets'))
    return refuse('buckets', '`edges` are given, so there is nothing to fit; leave one of the two out');
  if (!call.given('edges') && !call.given('buckets'))
    return refuse('edges', 'say where the ranges are with `edges`, or how many to fit with `buckets`');
  const { edges } = call.attributes;
  if (!Array.isArray(edges)) return true;
  if (edges.length === 0) return refuse('edges', '`edges` holds no number');
  const numbers = edges.map(Number);
  const wrong = numbers.findIndex((edge, i) => i > 0 && edge <= numbers[i - 1]!);
  return (
    wrong < 0 || refuse('edges', `\`edges\` must ascend, but ${numbers[wrong]} follows ${numbers[wrong - 1]}`)
  );
}
