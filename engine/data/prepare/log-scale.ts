import { mapNumbers } from './columns';
import { outputPort, type PrepareOp, tensorInput } from './op';

/** sign(x)·log(1 + |x|), float32 of the same shape. A missing value stays missing. */
export const logScale: PrepareOp = {
  apply(node, inputs) {
    const tensor = mapNumbers(
      tensorInput(node, inputs),
      (value) => Math.sign(value) * Math.log1p(Math.abs(value)),
    );
    return { [outputPort(node)]: { kind: 'tensor', tensor } };
  },
};
