import { locatedText } from '../names/declarations';
import { get } from '../syntax/path';
import type { Rule } from './rule';

const pickled = /\.(pt|pth|bin|pkl|pickle|ckpt|joblib|npy|h5)$/i;

export const unsafeWeights: Rule = {
  id: 'unsafe-weights',
  group: 'transfer',
  structural: true,
  severity: 'error',
  summary: 'Weights in a format that can run code when it is read.',
  why: 'A pickle is a program, and others of these can hold one. Reading a brick must never run anything, so weights are safetensors.',
  check({ source }, report) {
    const weights = locatedText(get(source.tree.root, 'weights'));
    if (!weights || !pickled.test(weights.value)) return;
    report({
      range: weights.range,
      message: `\`${weights.value}\` may run code when it is read; convert it to safetensors where you trust it`,
    });
  },
};
