import type { PlanNode } from '../../../language/plan/format';
import { tensorValue } from '../value';
import { innerShape, numberAttribute, outputPort, type PrepareOp, textInput } from './op';
import { characters, FIRST, idRows, mostFrequent, words } from './tokens';

type Cut = (text: string, lowercase: boolean) => string[];

/** Text to ids of its pieces: int32[rows, length]. `size` counts padding and unknown too. */
function textIds(cut: Cut): PrepareOp {
  const pieces = (node: PlanNode, texts: string[]) =>
    texts.map((text) => cut(text, node.attributes.lowercase !== false));
  return {
    fit(node, inputs) {
      const room = numberAttribute(node, 'size') - FIRST;
      return { vocabulary: mostFrequent(pieces(node, textInput(node, inputs)), room) };
    },
    apply(node, inputs, state) {
      const texts = pieces(node, textInput(node, inputs));
      const [length = 1] = innerShape(node);
      const ids = idRows(texts, state.vocabulary as string[], length);
      return { [outputPort(node)]: tensorValue('int32', [texts.length, length], ids) };
    },
  };
}

export const wordIds = textIds(words);
export const charIds = textIds(characters);
