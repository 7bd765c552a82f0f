import { tensorValue } from '../value';
import { numberAttribute, outputPort, type PrepareOp, tensorInput } from './op';

/** Bytes to numbers: (x / 255 - mean) / deviation, float32 of the same shape. */
export const scaleImage: PrepareOp = {
  fit: () => ({}),
  apply(node, inputs) {
    const { data, shape } = tensorInput(node, inputs);
    const mean = numberAttribute(node, 'mean');
    const deviation = numberAttribute(node, 'deviation');
    const scaled = Float32Array.from(data, (value) => (value / 255 - mean) / deviation);
    return { [outputPort(node)]: tensorValue('float32', shape, scaled) };
  },
};
