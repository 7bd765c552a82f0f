import { tensorValue } from '../value';
import { numberAttribute, outputPort, type PrepareOp, textInput } from './op';
import { mostFrequent } from './tokens';

/** Whole texts to indices from 1; 0 for what the training split did not hold. int32[rows]. */
export const valueIds: PrepareOp = {
  fit(node, inputs) {
    const values = textInput(node, inputs).filter((text) => text !== '');
    const single = values.map((value) => [value]);
    return {
      values: mostFrequent(single, numberAttribute(node, 'vocab') - 1, numberAttribute(node, 'min_count')),
    };
  },
  apply(node, inputs, state) {
    const indices = new Map((state.values as string[]).map((value, i) => [value, i + 1]));
    const ids = Int32Array.from(textInput(node, inputs), (text) => indices.get(text) ?? 0);
    return { [outputPort(node)]: tensorValue('int32', [ids.length], ids) };
  },
};
