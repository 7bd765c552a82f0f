import { mapNumbers, presentValues } from './columns';
import { numberAttribute, outputPort, type PrepareOp, tensorInput } from './op';

/** The training split's range to [low, high], per column; what lies beyond is cut. A missing value stays missing. */
export const minMaxScale: PrepareOp = {
  fit(node, inputs) {
    const columns = presentValues(tensorInput(node, inputs));
    const least = (values: Float64Array, sign: number) =>
      values.length === 0 ? 0 : sign * values.reduce((best, value) => Math.min(best, sign * value), Infinity);
    return {
      min: columns.map((values) => least(values, 1)),
      max: columns.map((values) => least(values, -1)),
    };
  },
  apply(node, inputs, state) {
    const min = state.min as number[];
    const max = state.max as number[];
    const low = numberAttribute(node, 'low');
    const high = numberAttribute(node, 'high');
    const tensor = mapNumbers(tensorInput(node, inputs), (value, entry) => {
      const range = max[entry]! - min[entry]!;
      const share = range === 0 ? 0 : (value - min[entry]!) / range;
      return Number.isNaN(value) ? value : low + Math.min(1, Math.max(0, share)) * (high - low);
    });
    return { [outputPort(node)]: { kind: 'tensor', tensor } };
  },
};
