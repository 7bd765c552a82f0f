/** Activations, as ops of their own and as an attribute of layers. */
import { elements, input, needFloat, needLastAxes, output, result, typeOf } from './call';
import type { Op, OpAttribute } from './op';

const activations: Record<string, { summary: string; formula: string }> = {
  relu: { summary: 'Keeps what is positive, and makes the rest 0.', formula: 'max(x, 0)' },
  gelu: {
    summary: 'A smooth relu, weighted by the normal distribution.',
    formula: 'x · Φ(x), exact, with erf (Hendrycks & Gimpel 2016)',
  },
  silu: { summary: 'A smooth relu, weighted by the sigmoid; also called swish.', formula: 'x · sigmoid(x)' },
  tanh: { summary: 'Squeezes numbers between -1 and 1.', formula: 'tanh(x)' },
  sigmoid: { summary: 'Squeezes numbers between 0 and 1.', formula: '1 / (1 + exp(-x))' },
  softmax: {
    summary: 'Turns the last axis into shares that add up to 1.',
    formula: 'exp(x) / Σ exp(x), over the last axis',
  },
};

export const activationOps: Op[] = Object.entries(activations).map(([name, { summary, formula }]) => ({
  name,
  category: 'activation',
  stage: 'graph',
  summary,
  doc: `${summary} Computes \`${formula}\`; shape and element type stay.\n\n\`\`\`yaml\nout: { op: ${name}, in: hidden }\n\`\`\``,
  inputs: [input('Numbers of any shape.')],
  attributes: {},
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call)) return result(undefined);
    if (name === 'softmax' && !needLastAxes(call, 1)) return result(undefined);
    return result(type, [], elements(type));
  },
}));

/** For layers that may apply one to what they make. */
export function activationAttribute(fallback = 'linear'): OpAttribute {
  return {
    type: 'enum',
    values: ['linear', ...Object.keys(activations)],
    default: fallback,
    doc: 'Applied to the result; `linear` leaves it as it is.',
  };
}
