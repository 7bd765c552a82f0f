import {
  checkMask,
  input,
  lastDim,
  needAxes,
  needFloat,
  optionalType,
  output,
  result,
  sizeOf,
  typeOf,
} from './call';
import { weight } from './initializer';
import type { Op } from './op';

export const attention: Op = {
  name: 'attention',
  category: 'layer',
  stage: 'graph',
  summary: 'Multi-head attention: every step looks at all others.',
  doc: `Vaswani et al. 2017: softmax(Q·Kᵀ/√size)·V per head, heads side by side, then one more linear layer. Without
\`context\` a sequence attends to itself. The width is divided among the heads.

Weights: \`query_kernel\` [width, width], \`key_kernel\` and \`value_kernel\` [context width, width], \`output_kernel\`
[width, width], and \`query_bias\`, \`key_bias\`, \`value_bias\`, \`output_bias\` [width].

\`\`\`yaml
mixed: { op: attention, in: { in: normed, mask: known }, heads: 4 }
\`\`\``,
  inputs: [
    input('[batch, steps, width]: what asks.'),
    { name: 'mask', optional: true, doc: '[batch, steps of what is asked]: 0 where nothing is to be seen.' },
    {
      name: 'context',
      optional: true,
      doc: '[batch, other steps, context width]: what is asked; the input itself when left out.',
    },
  ],
  attributes: {
    heads: { type: 'int', required: true, min: 1, doc: 'Number of heads; must divide the width.' },
    causal: { type: 'bool', default: false, doc: 'Whether a step sees only itself and earlier ones.' },
  },
  outputs: [output('[batch, steps, width].')],
  infer(call) {
    const type = typeOf(call);
    const axes = ['batch', 'steps', 'width'];
    if (!needFloat(call) || !needAxes(call, axes)) return result(undefined);
    const context = optionalType(call, 'context') ?? type;
    if (context !== type && (!needFloat(call, 'context') || !needAxes(call, axes, 'context')))
      return result(undefined);
    call.equate(type.dims[0]!, context.dims[0]!, '`attention` stays within one row of the batch');
    checkMask(call, context, 'the mask has one number per step of what is asked');
    const width = lastDim(type);
    const heads = sizeOf(call, 'heads');
    call.equate(
      width.floorDivide(heads).times(heads),
      width,
      `the width ${width} is divided among ${heads} heads`,
    );
    const [steps, asked] = [type.dims[1]!, context.dims[1]!];
    const from = lastDim(context);
    const weights = [
      weight('query_kernel', [width, width], 'glorot_uniform'),
      weight('key_kernel', [from, width], 'glorot_uniform'),
      weight('value_kernel', [from, width], 'glorot_uniform'),
      weight('output_kernel', [width, width], 'glorot_uniform'),
      ...['query_bias', 'key_bias', 'value_bias', 'output_bias'].map((role) =>
        weight(role, [width], 'zeros'),
      ),
    ];
    const projections = steps.times(width).times(2).plus(asked.times(from).times(2)).times(width);
    const scores = steps.times(asked).times(width).times(2);
    return result(type, weights, projections.plus(scores).times(type.dims[0]!).times(2));
  },
};
