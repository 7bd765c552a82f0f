import { tensorValue } from '../value';
import { innerShape, outputPort, type PrepareOp, tensorInput } from './op';

/** (x - mean) / standard deviation, per column, both of the training split; a missing value becomes the mean. */
export const standardize: PrepareOp = {
  fit(node, inputs) {
    const { data, shape } = tensorInput(node, inputs);
    const rows = shape[0] ?? 0;
    const width = rows === 0 ? 1 : data.length / rows;
    const mean: number[] = [];
    const deviation: number[] = [];
    for (let column = 0; column < width; column++) {
      // Welford 1962: one pass without cancellation.
      let [count, average, squares] = [0, 0, 0];
      for (let i = column; i < data.length; i += width) {
        const value = data[i]!;
        if (Number.isNaN(value)) continue;
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
    const { data } = tensorInput(node, inputs);
    const mean = state.mean as number[];
    const deviation = state.deviation as number[];
    const result = new Float32Array(data.length);
    for (let i = 0; i < data.length; i++) {
      const column = i % mean.length;
      const value = data[i]!;
      result[i] = Number.isNaN(value) ? 0 : (value - mean[column]!) / deviation[column]!;
    }
    const rows = data.length / mean.length;
    return { [outputPort(node)]: tensorValue('float32', [rows, ...innerShape(node)], result) };
  },
};
