import { tensorValue } from '../value';
import { numbersAttribute, outputPort, type PrepareOp, pixelInput } from './op';

/** Bytes to numbers: (x / 255 - mean) / deviation, float32 of the same shape, per channel (the last axis). */
export const scaleImage: PrepareOp = {
  async apply(node, inputs) {
    const { data, shape } = await pixelInput(node, inputs);
    const mean = numbersAttribute(node, 'mean') ?? [0];
    const deviation = numbersAttribute(node, 'deviation') ?? [1];
    const scaled = new Float32Array(data.length);
    const channels = shape.length > 1 ? shape.at(-1)! : 1;
    for (let i = 0; i < data.length; i++) {
      const channel = i % channels;
      scaled[i] = (data[i]! / 255 - mean[channel % mean.length]!) / deviation[channel % deviation.length]!;
    }
    return { [outputPort(node)]: tensorValue('float32', shape, scaled) };
  },
};
