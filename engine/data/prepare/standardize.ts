import { mapNumbers, presentValues } from './columns';
import { outputPort, type PrepareOp, tensorInput } from './op';

/** (x - mean) / standard deviation, per column, both of the training split; a missing value becomes the mean. */
export const standardize: PrepareOp = {
  fit(node, inputs) {
    const mean: number[] = [];
    const deviation: number[] = [];
    for (const values of presentValues(tensorInput(node, inputs))) {
      // Welford 1962: one pass without cancellation.
      let [count, average, squares] = [0, 0, 0];
      for (const value of values) {
        count += 1;
        const delta = value - average;
        average += delta / count;
        squares += delta * (value - average);
      }
      mean.push(average);
      // A constant column carries nothing: it becomes 0 and not 0/0.
      deviation.push(count > 0 && squares > 0 ? Math.sqrt(squares / count) : 1);
    }
    return { mean, deviation };
  },
  apply(node, inputs, state) {
    const mean = state.mean as number[];
    const deviation = state.deviation as number[];
    const tensor = mapNumbers(tensorInput(node, inputs), (value, entry) =>
      Number.isNaN(value) ? 0 : (value - mean[entry]!) / deviation[entry]!,
    );
    return { [outputPort(node)]: { kind: 'tensor', tensor } };
  },
};
