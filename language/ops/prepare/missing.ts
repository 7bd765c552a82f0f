import type { TensorType } from '../../types/type';
import { needDtype, numberOf, textOf, typeOf } from '../call';
import type { Op, OpCall, OpResult } from '../op';
import { numbers } from './scaling';

export const fillMissing: Op = {
  name: 'fill_missing',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Puts something in place of missing values, and says where.',
  doc: `A column that is \`required: false\` may have empty cells. \`with\` says what takes their place: \`mean\`, \`median\` or
\`most_frequent\` of the training split (each entry of a vector on its own), or a \`constant\`: \`value\` for numbers, \`text\`
for text. For whole numbers, mean and median are rounded; text takes \`most_frequent\` or \`constant\`.

\`\`\`yaml
# income: float32[batch]
filled: { op: fill_missing, in: income, with: median } # out: float32[batch], missing: float32[batch]
\`\`\``,
  inputs: [{ name: 'in', doc: 'Numbers, truth values or text.' }],
  attributes: {
    with: {
      type: 'enum',
      values: ['mean', 'median', 'most_frequent', 'constant'],
      default: 'mean',
      doc: 'What takes the place of a missing value.',
    },
    value: { type: 'float', doc: 'The constant, for numbers.' },
    text: { type: 'string', doc: 'The constant, for text.' },
  },
  outputs: [
    { name: 'out', doc: 'The same type, nothing missing.' },
    { name: 'missing', doc: 'float32 of the same shape: 1 where a value was missing.' },
  ],
  infer(call): OpResult {
    const type = typeOf(call);
    if (!needDtype(call, [...numbers, 'bool', 'string']) || !settled(call, type))
      return { outputs: {}, weights: [] };
    return { outputs: { out: type, missing: { ...type, dtype: 'float32' } }, weights: [] };
  },
};

function settled(call: OpCall, { dtype }: TensorType): boolean {
  const way = textOf(call, 'with');
  const refuse = (attribute: string, message: string) => {
    call.fail({ attribute, kind: 'attribute', message });
    return false;
  };
  if ((way === 'mean' || way === 'median') && (dtype === 'string' || dtype === 'bool'))
    return refuse('with', `there is no ${way} of ${dtype}; take \`most_frequent\` or \`constant\``);
  const constant = dtype === 'string' ? 'text' : 'value';
  if (way === 'constant' && !call.given(constant))
    return refuse('with', `\`constant\` needs \`${constant}\``);
  for (const name of ['value', 'text']) {
    if (!call.given(name) || way === undefined || (way === 'constant' && name === constant)) continue;
    const message =
      way === 'constant'
        ? `\`${name}\` does not suit ${dtype}; use \`${constant}\``
        : `\`${name}\` needs \`with: constant\``;
    return refuse(name, message);
  }
  const value = numberOf(call, 'value');
  const whole = dtype !== 'float32' && dtype !== 'float64' && dtype !== 'string';
  if (value !== undefined && whole && !Number.isInteger(value))
    return refuse('value', `\`value\` must be a whole number, because the input is ${dtype}`);
  return true;
}
