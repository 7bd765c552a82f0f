/** Texts that fill a part of their length, beside texts that fill all of it: the same model, as many steps. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figures';
import type { Setting } from './engine';
import { brique } from './programs';
import { inRounds, median, medianRatio, round } from './rounds';
import { absent } from './steps';

const LENGTH = 128;
const BATCH = 32;
const STEPS = 8;
/** Words of the shortest and the longest text, in turns from one to the other. */
const SHORT = [16, 48] as const;
const FULL = [LENGTH, LENGTH] as const;

const files = {
  'data.brique.yaml': `kind: dataset
name: texts
version: 1.0.0
files: { train: train.json, test: test.json }
columns:
  text: { type: string }
  class: { type: category, values: { no: 0, yes: 1 } }
`,
  'model.brique.yaml': `kind: model
name: lengths
version: 1.0.0
data: { data: texts@^1 }
parts:
  words: { module: std/text-vectorizer@^1, in: data.text, params: { vocab: 1000, length: ${LENGTH} } }
  encoder:
    module: std/transformer-encoder@^1
    in: words.tokens
    params: { vocab: 1000, length: ${LENGTH}, width: 64, heads: 4, layers: 2, hidden: 256 }
  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }
tasks:
  class: { output: head.logits, target: data.class, loss: cross_entropy, metrics: [accuracy] }
train: { epochs: 1, batch: ${BATCH}, optimizer: { adam: { learning_rate: 1e-3 } }, seed: 1 }
evaluate: { on: test }
`,
};

function write(folder: string, [least, most]: readonly [number, number]): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const rows = (count: number) =>
    Array.from({ length: count }, (_, row) => {
      const words = Array.from(
        { length: least + (row % (most - least + 1)) },
        (_, at) => `w${(row * 31 + at * 7) % 900}`,
      );
      return { text: words.join(' '), class: row % 2 };
    });
  writeFileSync(join(folder, 'train.json'), JSON.stringify(rows(BATCH * STEPS)));
  writeFileSync(join(folder, 'test.json'), JSON.stringify(rows(BATCH)));
  writeFileSync(join(folder, 'model.json'), JSON.stringify({ steps: STEPS, batch: BATCH }));
  return folder;
}

export async function lengths(root: string, setting: Setting): Promise<Figure[]> {
  const folders = [write(join(root, 'short'), SHORT), write(join(root, 'full'), FULL)];
  const figures: Figure[] = [];
  for (const executor of setting.native ? (['graph', 'eager'] as const) : (['eager'] as const)) {
    const name = `texts of ${SHORT.join(' to ')} words of ${LENGTH}, ${executor}`;
    const contestants = folders.map((folder) => ({ program: { ...brique(executor), folder }, steps: STEPS }));
    const { measured, missing } = await inRounds(root, contestants, {
      ...setting,
      seconds: setting.seconds / 2,
    });
    const [short, full] = measured;
    if (!short || !full) {
      figures.push(absent(name, missing.map(({ why }) => why).join('; ')));
      continue;
    }
    const notes = `${round(median(short.steps))} ms a step against ${round(median(full.steps))}, ${short.steps.length} rounds`;
    const value = round(medianRatio(short.steps, full.steps));
    figures.push({ name, value, unit: 'of a step of full texts', notes });
  }
  return figures;
}
