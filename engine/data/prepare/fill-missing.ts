import type { HostTensor } from '../../step/program';
import { isMissing } from '../missing';
import { type HostValue, tensorValue } from '../value';
import { presentValues, quantile, widthOf } from './columns';
import { numberAttribute, onlyInput, type PrepareOp, type PrepareState } from './op';
import { mostFrequent } from './tokens';

/** Missing values filled, and where they were: `out` of the same type, `missing` float32 of the same shape. */
export const fillMissing: PrepareOp = {
  fit(node, inputs): PrepareState {
    const way = node.attributes.with;
    const value = onlyInput(node, inputs);
    if (value.kind === 'text') {
      if (way === 'constant') return { text: String(node.attributes.text) };
      const present = value.values.filter((text) => text !== '').map((text) => [text]);
      return { text: mostFrequent(present, 1, 1)[0] ?? '' };
    }
    const tensor = numbersOf(value);
    if (way === 'constant') return { values: Array(widthOf(tensor)).fill(numberAttribute(node, 'value')) };
    const middle = way === 'mean' ? meanOf : way === 'median' ? medianOf : modeOf;
    const isWhole = tensor.dtype !== 'float32';
    return {
      values: presentValues(tensor)
        .map(middle)
        .map((found) => (isWhole ? Math.round(found) : found)),
    };
  },
  apply(node, inputs, state) {
    const value = onlyInput(node, inputs);
    if (value.kind === 'text') {
      const values = value.values.map((text) => (text === '' ? (state.text as string) : text));
      const missing = Float32Array.from(value.values, (text) => (text === '' ? 1 : 0));
      return { out: { kind: 'text', values }, missing: tensorValue('float32', [values.length], missing) };
    }
    const tensor = numbersOf(value);
    const fills = state.values as number[];
    const data = tensor.data.slice();
    const missing = new Float32Array(data.length);
    for (let i = 0; i < data.length; i++) {
      if (!isMissing(tensor.dtype, data[i]!)) continue;
      data[i] = fills[i % fills.length]!;
      missing[i] = 1;
    }
    return {
      out: { kind: 'tensor', tensor: { ...tensor, data } },
      missing: tensorValue('float32', tensor.shape, missing),
    };
  },
};

function numbersOf(value: HostValue): HostTensor {
  if (value.kind !== 'tensor') throw new Error('fill_missing takes numbers or text');
  return value.tensor;
}

function meanOf(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function medianOf(values: Float64Array): number {
  return quantile(values.slice().sort(), 0.5);
}

/** The smallest of the values that occur most often. */
function modeOf(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [best, most] = [0, 0];
  for (const [value, count] of counts) {
    if (count > most || (count === most && value < best)) [best, most] = [value, count];
  }
  return best;
}
