import { input, needFloat, output, result, typeOf } from './call';
import type { Op } from './op';

export const dropout: Op = {
  name: 'dropout',
  category: 'layer',
  stage: 'graph',
  summary: 'Sets a random share of the numbers to 0 while training.',
  doc: `What is left is scaled up by 1/(1 - rate), so that sums stay the same on average. Does nothing in evaluation
and in frozen parts. Srivastava et al. 2014.

\`\`\`yaml
thinned: { op: dropout, in: hidden, rate: 0.3 }
\`\`\``,
  inputs: [input('Numbers of any shape.')],
  attributes: {
    rate: { type: 'float', required: true, min: 0, max: 0.99, doc: 'The share that is set to 0.' },
  },
  outputs: [output('As the input.')],
  infer(call) {
    return result(needFloat(call) ? typeOf(call) : undefined);
  },
};
