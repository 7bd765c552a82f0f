import { mapNumbers, presentValues, quantile } from './columns';
import { outputPort, type PrepareOp, tensorInput } from './op';

/** (x - median) / (third - first quartile), per column, of the training split; a missing value becomes the median. */
export const robustScale: PrepareOp = {
  fit(node, inputs) {
    const columns = presentValues(tensorInput(node, inputs)).map((values) => values.sort());
    return {
      median: columns.map((values) => quantile(values, 0.5)),
      range: columns.map((values) => quantile(values, 0.75) - quantile(values, 0.25) || 1),
    };
  },
  apply(node, inputs, state) {
    const median = state.median as number[];
    const range = state.range as number[];
    const tensor = mapNumbers(tensorInput(node, inputs), (value, entry) =>
      Number.isNaN(value) ? 0 : (value - median[entry]!) / range[entry]!,
    );
    return { [outputPort(node)]: { kind: 'tensor', tensor } };
  },
};
