import { fail } from '../../failure';
import { isMissing, numberAt } from '../missing';
import { tensorValue } from '../value';
import { presentValues, quantile, widthOf } from './columns';
import { numberAttribute, numbersAttribute, outputPort, type PrepareOp, tensorInput } from './op';

/** Numbers to the index of their range, int32 of the same shape: how many edges are not above the number. */
export const bucketize: PrepareOp = {
  /** Edges of each entry, one after the other; equal quantiles stay, so that all entries have as many. */
  fit(node, inputs) {
    const given = numbersAttribute(node, 'edges');
    if (given) return { edges: given };
    const buckets = numberAttribute(node, 'buckets');
    const columns = presentValues(tensorInput(node, inputs)).map((values) => values.sort());
    const shares = Array.from({ length: buckets - 1 }, (_, i) => (i + 1) / buckets);
    return { edges: columns.flatMap((values) => shares.map((share) => quantile(values, share))) };
  },
  apply(node, inputs, state) {
    const tensor = tensorInput(node, inputs);
    const edges = Float64Array.from(state.edges as number[]);
    const isShared = numbersAttribute(node, 'edges') !== undefined;
    const count = isShared ? edges.length : numberAttribute(node, 'buckets') - 1;
    const width = isShared ? 1 : widthOf(tensor);
    const result = new Int32Array(tensor.data.length);
    for (let i = 0; i < result.length; i++) {
      if (isMissing(tensor.dtype, tensor.data[i]!)) {
        fail('data-missing', `${node.id} has no range for a missing value`, {
          help: 'Fill it with `fill_missing` first.',
          file: node.at.file,
          line: node.at.line,
        });
      }
      const from = (i % width) * count;
      result[i] = rangeOf(numberAt(tensor, i), edges, from, from + count) - from;
    }
    return { [outputPort(node)]: tensorValue('int32', tensor.shape, result) };
  },
};

/** The first place whose edge lies above the value. */
function rangeOf(value: number, edges: Float64Array, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
