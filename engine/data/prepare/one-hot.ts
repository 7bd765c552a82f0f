import { tensorValue } from '../value';
import { innerShape, outputPort, type PrepareOp, tensorInput } from './op';

/** Whole numbers to rows of one 1: float32[…, depth]. A number outside gives zeros. */
export const oneHot: PrepareOp = {
  apply(node, inputs) {
    const { data, shape } = tensorInput(node, inputs);
    const depth = innerShape(node).at(-1) ?? 1;
    const result = new Float32Array(data.length * depth);
    for (let i = 0; i < data.length; i++) {
      const index = data[i]!;
      if (index >= 0 && index < depth) result[i * depth + index] = 1;
    }
    return { [outputPort(node)]: tensorValue('float32', [...shape, depth], result) };
  },
};
