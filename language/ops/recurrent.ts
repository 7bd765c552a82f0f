import type { Dim } from '../types/dim';
import {
  checkMask,
  flagOf,
  input,
  lastDim,
  needAxes,
  needFloat,
  output,
  result,
  sizeOf,
  typeOf,
} from './call';
import { document } from './document';
import { adaptable, weight } from './initializer';
import type { Op, OpWeight } from './op';

interface Cell {
  name: 'lstm' | 'gru' | 'simple_rnn';
  gates: number;
  summary: string;
  doc: string;
  weights(prefix: string, width: Dim, units: Dim): OpWeight[];
}

const lstm: Cell = {
  name: 'lstm',
  gates: 4,
  summary: 'Reads a sequence with long short-term memory.',
  doc: `Hochreiter & Schmidhuber 1997, with forget gates. Gates lie in the order input, forget, cell, output:
i, f, o = sigmoid(…), g = tanh(…), c' = f·c + i·g, h' = o·tanh(c').

Weights: \`kernel\` [in, 4·units], \`recurrent\` [units, 4·units], \`bias\` [4·units].`,
  weights: (prefix, width, units) => [
    adaptable(weight(`${prefix}kernel`, [width, units.times(4)], 'glorot_uniform')),
    weight(`${prefix}recurrent`, [units, units.times(4)], 'orthogonal'),
    weight(`${prefix}bias`, [units.times(4)], 'zeros'),
  ],
};

const gru: Cell = {
  name: 'gru',
  gates: 3,
  summary: 'Reads a sequence with gated recurrent units.',
  doc: `Cho et al. 2014, with the reset gate applied after the matrix product, as in cuDNN. Gates lie in the order
update, reset, new: z, r = sigmoid(x·W + b + h·R + c), n = tanh(x·W + b + r·(h·R + c)), h' = z·h + (1 - z)·n.

Weights: \`kernel\` [in, 3·units], \`recurrent\` [units, 3·units], \`bias\` b [3·units], \`recurrent_bias\` c [3·units].`,
  weights: (prefix, width, units) => [
    adaptable(weight(`${prefix}kernel`, [width, units.times(3)], 'glorot_uniform')),
    weight(`${prefix}recurrent`, [units, units.times(3)], 'orthogonal'),
    weight(`${prefix}bias`, [units.times(3)], 'zeros'),
    weight(`${prefix}recurrent_bias`, [units.times(3)], 'zeros'),
  ],
};

const simple: Cell = {
  name: 'simple_rnn',
  gates: 1,
  summary: 'Reads a sequence with one layer that sees its own last state.',
  doc: `Elman 1990: h' = tanh(x·W + h·R + b). Forgets quickly; \`gru\` and \`lstm\` remember longer.

Weights: \`kernel\` [in, units], \`recurrent\` [units, units], \`bias\` [units].`,
  weights: (prefix, width, units) => [
    adaptable(weight(`${prefix}kernel`, [width, units], 'glorot_uniform')),
    weight(`${prefix}recurrent`, [units, units], 'orthogonal'),
    weight(`${prefix}bias`, [units], 'zeros'),
  ],
};

function recurrent(cell: Cell): Op {
  return {
    name: cell.name,
    category: 'recurrent',
    stage: 'graph',
    summary: cell.summary,
    doc: document(
      `${cell.doc} With \`bidirectional\`, a second set named \`backward_…\` reads from the end, and both results are put side by side.`,
      `2·${cell.gates === 1 ? '' : `${cell.gates}·`}units·(in + units) for each step and direction`,
      { embedded: 'float32[batch, 40, 50]' },
      `states: { op: ${cell.name}, in: embedded, units: 64, return_sequences: true }`,
      'float32[batch, 40, 64]',
    ),
    inputs: [
      input('[batch, steps, width].'),
      { name: 'mask', optional: true, doc: '[batch, steps]: where it is 0, the state stays as it was.' },
    ],
    attributes: {
      units: { type: 'int', required: true, min: 1, doc: 'Size of the state.' },
      return_sequences: {
        type: 'bool',
        default: false,
        doc: 'Whether the state after every step comes out, not only the last.',
      },
      bidirectional: { type: 'bool', default: false, doc: 'Whether to read from both ends.' },
    },
    outputs: [output('[batch, units], or [batch, steps, units]; twice the units when bidirectional.')],
    infer(call) {
      const type = typeOf(call);
      if (!needFloat(call) || !needAxes(call, ['batch', 'steps', 'width'])) return result(undefined);
      checkMask(call, type, 'the mask has one number per step');
      const [batch, steps] = type.dims as [Dim, Dim, Dim];
      const units = sizeOf(call, 'units');
      const directions = flagOf(call, 'bidirectional') ? ['', 'backward_'] : [''];
      const width = units.times(directions.length);
      const dims = flagOf(call, 'return_sequences') ? [batch, steps, width] : [batch, width];
      const weights = directions.flatMap((prefix) => cell.weights(prefix, lastDim(type), units));
      const perStep = lastDim(type)
        .plus(units)
        .times(units)
        .times(2 * cell.gates * directions.length);
      return result({ ...type, dims }, weights, perStep.times(batch).times(steps));
    },
  };
}

export const recurrentOps: Op[] = [recurrent(lstm), recurrent(gru), recurrent(simple)];
