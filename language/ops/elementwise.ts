/** Ops that change each number by itself, compare numbers, or choose between them. */
import type { DType, TensorType } from '../types/type';
import { broadcastAll, sameDtype, sameLead } from './broadcast';
import { elements, input, needDtype, needFloat, output, result, typeOf, wholes } from './call';
import { document } from './document';
import type { Op } from './op';

const hidden = 'float32[batch, 64]';

const functions: Record<string, { summary: string; formula: string }> = {
  exp: { summary: 'The exponential of each number.', formula: 'eˣ' },
  log: { summary: 'The natural logarithm of each number, which must be positive.', formula: 'ln x' },
  sqrt: { summary: 'The square root of each number, which must not be negative.', formula: '√x' },
  square: { summary: 'The square of each number.', formula: 'x²' },
  abs: { summary: 'Each number without its sign.', formula: '|x|' },
  sin: { summary: 'The sine of each number, in radians.', formula: 'sin x' },
  cos: { summary: 'The cosine of each number, in radians.', formula: 'cos x' },
};

const each: Op[] = Object.entries(functions).map(([name, { summary, formula }]) => ({
  name,
  category: 'arithmetic',
  stage: 'graph',
  summary,
  doc: document(
    `${formula}; shape and element type stay.`,
    '1 per number',
    { hidden },
    `out: { op: ${name}, in: hidden }`,
    hidden,
  ),
  inputs: [input('Numbers of any shape.')],
  attributes: {},
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    return needFloat(call) ? result(type, [], elements(type)) : result(undefined);
  },
}));

const clip: Op = {
  name: 'clip',
  category: 'arithmetic',
  stage: 'graph',
  summary: 'Cuts numbers off below and above.',
  doc: document(
    'min(max(x, least), greatest); a side that is left out is open. Nothing is learned through what is cut off.',
    '1 per number and side',
    { hidden },
    'bounded: { op: clip, in: hidden, least: -1, greatest: 1 }',
    hidden,
  ),
  inputs: [input('Numbers of any shape.')],
  attributes: {
    least: { type: 'float', doc: 'What smaller numbers become.' },
    greatest: { type: 'float', doc: 'What greater numbers become.' },
  },
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call)) return result(undefined);
    const { least, greatest } = call.attributes;
    if (typeof least === 'number' && typeof greatest === 'number' && least > greatest) {
      const message = `nothing lies between ${least} and ${greatest}`;
      call.fail({ attribute: 'least', kind: 'attribute', message });
    }
    const sides = ['least', 'greatest'].filter((side) => call.given(side)).length;
    return result(type, [], elements(type)?.times(sides));
  },
};

const numbers: DType[] = ['float32', 'float16', 'bfloat16', 'float64', ...wholes];
const sides = [
  { name: 'left', doc: 'The first value.' },
  { name: 'right', doc: 'The second value.' },
];

/** Two values of one element type, element by element, giving bool. */
function truth(name: string, summary: string, formula: string, wanted: DType[]): Op {
  const of = wanted[0] === 'bool' ? 'bool[batch, 64]' : hidden;
  return {
    name,
    category: 'comparison',
    stage: 'graph',
    summary,
    doc: document(
      `${formula}. Shapes line up at the end, and an axis of size 1 is repeated, as in NumPy. Nothing is learned through it;
choose between values with \`where\`, or count with \`cast\`.`,
      '1 per number of the result',
      { left: of, right: of },
      `both: { op: ${name}, in: [left, right] }`,
      'bool[batch, 64]',
    ),
    inputs: sides,
    attributes: {},
    outputs: [output('bool, of the shape that both are repeated to.')],
    infer(call) {
      const types = [typeOf(call, 'left'), typeOf(call, 'right')];
      if (!sides.every((side, i) => needDtype(call, wanted, side.name, types[i]))) return result(undefined);
      if (!sameDtype(call, types, 'right') || !sameLead(call, types, 'right')) return result(undefined);
      const out: TensorType = { ...broadcastAll(call, types, name), dtype: 'bool' };
      return result(out, [], elements(out));
    },
  };
}

const comparisons: Op[] = [
  truth('equal', 'Whether two values are equal.', 'left = right', numbers),
  truth('not_equal', 'Whether two values differ.', 'left ≠ right', numbers),
  truth('less', 'Whether the first value is less.', 'left < right', numbers),
  truth('less_equal', 'Whether the first value is at most the second.', 'left ≤ right', numbers),
  truth('greater', 'Whether the first value is greater.', 'left > right', numbers),
  truth('greater_equal', 'Whether the first value is at least the second.', 'left ≥ right', numbers),
  truth('logical_and', 'Whether both are true.', 'left and right', ['bool']),
  truth('logical_or', 'Whether one of two is true.', 'left or right', ['bool']),
];

const logicalNot: Op = {
  name: 'logical_not',
  category: 'comparison',
  stage: 'graph',
  summary: 'Whether a value is false.',
  doc: document(
    'True becomes false, and the other way round.',
    '1 per value',
    { known: 'bool[batch, steps]' },
    'padding: { op: logical_not, in: known }',
    'bool[batch, steps]',
  ),
  inputs: [input('bool, of any shape.')],
  attributes: {},
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    return needDtype(call, ['bool']) ? result(type, [], elements(type)) : result(undefined);
  },
};

const where: Op = {
  name: 'where',
  category: 'comparison',
  stage: 'graph',
  summary: 'Chooses between two values, number by number.',
  doc: document(
    '`left` where the condition is true, else `right`. Shapes line up at the end, and an axis of size 1 is repeated.',
    '1 per number of the result',
    { known: 'bool[batch, 64]', seen: 'float32[batch, 64]', otherwise: 'float32[64]' },
    'chosen: { op: where, in: { condition: known, left: seen, right: otherwise } }',
    'float32[batch, 64]',
  ),
  inputs: [{ name: 'condition', doc: 'bool.' }, ...sides],
  attributes: {},
  outputs: [output('The shape that all are repeated to.')],
  infer(call) {
    const condition = typeOf(call, 'condition');
    const types = [typeOf(call, 'left'), typeOf(call, 'right')];
    if (!needDtype(call, ['bool'], 'condition')) return result(undefined);
    if (!sides.every((side, i) => needDtype(call, numbers, side.name, types[i]))) return result(undefined);
    if (!sameDtype(call, types, 'right') || !sameLead(call, [condition, ...types], 'right'))
      return result(undefined);
    const out = { ...broadcastAll(call, [condition, ...types], 'where'), dtype: types[0]!.dtype };
    return result(out, [], elements(out));
  },
};

export const elementwiseOps: Op[] = [...each, clip, ...comparisons, logicalNot, where];
