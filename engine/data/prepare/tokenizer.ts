import type { PlanNode } from '../../../language/plan/format';
import { learnBytePairs } from '../tokenizers/byte-pairs';
import { Encoder } from '../tokenizers/encoder';
import { broken, readTokenizer, tokenizerPath } from '../tokenizers/file';
import { tensorValue } from '../value';
import { innerShape, numberAttribute, outputPort, type PrepareOp, type PrepareState, textInput } from './op';

/** Text to ids, mask and types [rows, length], as a tokenizer.json says; its text is what is saved. */
export const tokenizer: PrepareOp = {
  files: (node) => [pathOf(node)],
  fit: (node) => ({ tokenizer: readTokenizer(pathOf(node), node.at) }),
  async apply(node, inputs, state) {
    const encoder = await encoderOf(node, state);
    const texts = textInput(node, inputs, 'in');
    const pairs = inputs.pair ? textInput(node, inputs, 'pair') : undefined;
    const [length = 1] = innerShape(node);
    const { ids, mask, types } = encoder.rows(texts, pairs, length, node.attributes.special !== false);
    const shape = [texts.length, length];
    return {
      ids: tensorValue('int32', shape, ids),
      mask: tensorValue('float32', shape, mask),
      types: tensorValue('int32', shape, types),
    };
  },
};

/** Text to ids of pieces of words, learnt from the training split. What was learnt is a tokenizer.json too. */
export const subwordIds: PrepareOp = {
  async fit(node, inputs) {
    const isLower = node.attributes.lowercase === true;
    return {
      tokenizer: await learnBytePairs(textInput(node, inputs), numberAttribute(node, 'vocab'), isLower),
    };
  },
  async apply(node, inputs, state) {
    const encoder = await encoderOf(node, state);
    const texts = textInput(node, inputs);
    const [length = 1] = innerShape(node);
    const { ids } = encoder.rows(texts, undefined, length, false);
    return { [outputPort(node)]: tensorValue('int32', [texts.length, length], ids) };
  },
};

function pathOf(node: PlanNode): string {
  return tokenizerPath(String(node.attributes.file), node.at);
}

const encoders = new WeakMap<PrepareState, Promise<Encoder>>();

/** Rows come in portions; the vocabulary is read once for all of them. */
async function encoderOf(node: PlanNode, state: PrepareState): Promise<Encoder> {
  let encoder = encoders.get(state);
  if (!encoder) {
    encoder = Encoder.of(String(state.tokenizer));
    encoders.set(state, encoder);
  }
  try {
    return await encoder;
  } catch (error) {
    return broken(String(node.attributes.file ?? node.id), (error as Error).message, node.at);
  }
}
