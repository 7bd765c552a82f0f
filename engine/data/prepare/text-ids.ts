import type { PlanNode } from '../../../language/plan/format';
import { tensorValue } from '../value';
import { innerShape, numberAttribute, outputPort, type PrepareOp, textInput } from './op';
import { characters, FIRST, idRows, mostFrequent, words, wordsAndPairs } from './tokens';

/** Text to ids of its pieces: int32[rows, length]. `vocab` counts padding and unknown too. */
function textIds(cut: (node: PlanNode) => (text: string) => string[]): PrepareOp {
  const pieces = (node: PlanNode, texts: string[]) => {
    const lowered = node.attributes.lowercase === true ? texts.map((text) => text.toLowerCase()) : texts;
    return lowered.map(cut(node));
  };
  return {
    fit(node, inputs) {
      const room = numberAttribute(node, 'vocab') - FIRST;
      const least = Number(node.attributes.min_count ?? 1);
      return { vocabulary: mostFrequent(pieces(node, textInput(node, inputs)), room, least) };
    },
    extend(node, inputs, { vocabulary }) {
      const known = vocabulary as string[];
      const room = numberAttribute(node, 'vocab') - FIRST - known.length;
      const least = Number(node.attributes.min_count ?? 1);
      const old = new Set(known);
      const news = pieces(node, textInput(node, inputs)).map((text) =>
        text.filter((piece) => !old.has(piece)),
      );
      return { vocabulary: [...known, ...mostFrequent(news, room, least)] };
    },
    apply(node, inputs, state) {
      const texts = pieces(node, textInput(node, inputs));
      const [length = 1] = innerShape(node);
      const ids = idRows(texts, state.vocabulary as string[], length);
      return { [outputPort(node)]: tensorValue('int32', [texts.length, length], ids) };
    },
  };
}

export const wordIds = textIds((node) => (node.attributes.ngrams === 2 ? wordsAndPairs : words));
export const charIds = textIds(() => characters);
