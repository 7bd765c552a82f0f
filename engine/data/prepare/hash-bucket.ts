import { tensorValue } from '../value';
import { numberAttribute, outputPort, type PrepareOp, textInput } from './op';

/** Text to one of `buckets` numbers, without a vocabulary: FNV-1a, 32 bits, over the UTF-8 bytes. int32[rows]. */
export const hashBucket: PrepareOp = {
  apply(node, inputs) {
    const buckets = numberAttribute(node, 'buckets');
    const texts = textInput(node, inputs);
    const ids = Int32Array.from(texts, (text) => fnv1a(text) % buckets);
    return { [outputPort(node)]: tensorValue('int32', [texts.length], ids) };
  },
};

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
