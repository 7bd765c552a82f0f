/** The rows of the proof of reuse, written as files: real reviews and real digits, shared out anew for each seed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { RandomSequence, streamOf } from '../../engine/step/random';

const packages = join(__dirname, '../../node_modules');

interface Review {
  text: string;
  class: number;
}

/** Test rows that a watched run is judged by after every epoch. */
const LOOKED_AT = 200;

type Picture = { picture: string; digit: string };

/** Writes training and test rows of every dataset but that of the product reviews, which has its own splits. */
export function writeData(folder: string, seed: number): void {
  const write = (name: string, rows: object[], training: number, test: number) => {
    const mixed = shuffled(rows, `${name} ${seed}`);
    writeRows(join(folder, `${name}-train.jsonl`), mixed.slice(0, training));
    writeRows(join(folder, `${name}-test.jsonl`), mixed.slice(training, training + test));
    writeRows(join(folder, `${name}-watched.jsonl`), mixed.slice(training, training + LOOKED_AT));
  };
  const [films, restaurants] = [reviews('imdb'), reviews('yelp')];
  const both = [
    ...films.map((review) => ({ ...review, kind: 'film' })),
    ...restaurants.map((review) => ({ ...review, kind: 'restaurant' })),
  ];
  write('restaurants', restaurants, 600, restaurants.length - 600);
  write('films-and-restaurants', both, 1000, both.length - 1000);
  write('digits-0-to-4', pictures([0, 1, 2, 3, 4]), 2000, 500);
  write('digits-5-to-9', pictures([5, 6, 7, 8, 9]), 1000, 1000);
}

/** A dataset with some of its test rows as validation rows, which nothing is chosen by. */
export function watched(dataset: string, name: string): string {
  return dataset
    .replace(`name: ${name}`, `name: ${name}-watched`)
    .replace('files: {', `files: { validation: ${name}-watched.jsonl,`);
}

/** Each sentence once, so that none is learned from and judged by. */
function reviews(name: string): Review[] {
  const file = join(packages, 'sentiment/test/fixtures', `${name}.json`);
  const rows = JSON.parse(readFileSync(file, 'utf8')) as Partial<Review>[];
  const whole = rows.flatMap(({ text, class: label }): Review[] =>
    text && label !== undefined ? [{ text: text.trim(), class: label }] : [],
  );
  return [...new Map(whole.map((review) => [review.text, review])).values()];
}

const SIDE = 28;
const read = new Map<number, Picture[]>();

/** As PNG files in text; the package has shares of black, one after the other. */
function pictures(digits: number[]): Picture[] {
  return digits.flatMap((digit) => {
    const known = read.get(digit);
    if (known) return known;
    const file = join(packages, 'mnist/src/digits', `${digit}.json`);
    const { data } = JSON.parse(readFileSync(file, 'utf8')) as { data: number[] };
    const made: Picture[] = [];
    for (let at = 0; at + SIDE * SIDE <= data.length; at += SIDE * SIDE) {
      const pixels = Uint8Array.from(data.slice(at, at + SIDE * SIDE), (share) => Math.round(share * 255));
      const png = encode({ width: SIDE, height: SIDE, channels: 1, depth: 8, data: pixels });
      made.push({ picture: Buffer.from(png).toString('base64'), digit: String(digit) });
    }
    read.set(digit, made);
    return made;
  });
}

/** Fisher and Yates, by a seeded sequence. */
function shuffled<T>(rows: readonly T[], name: string): T[] {
  const random = new RandomSequence(0, streamOf(name), 0);
  const result = [...rows];
  for (let i = result.length - 1; i > 0; i--) {
    const other = Math.floor(random.uniform() * (i + 1));
    [result[i], result[other]] = [result[other]!, result[i]!];
  }
  return result;
}

function writeRows(file: string, rows: object[]): void {
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
