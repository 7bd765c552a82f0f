/** What a person changes at a time, each in the way of typing: the same place again and again. */
import { BRICK, COMPOSITION } from './generate';

export interface Edit {
  /** For the table. */
  name: string;
  path: string;
  /** What stands there, and what is typed in its place. */
  place: string;
  typed(round: number): string;
}

export const edits: readonly Edit[] = [
  {
    name: 'a comment of a brick',
    path: BRICK,
    place: 'limitations: >-',
    typed: (i) => `limitations: >- # ${i}`,
  },
  { name: 'a default of a brick', path: BRICK, place: 'max: 0.9', typed: (i) => `max: 0.9${i % 10}` },
  {
    name: 'a setting of a step',
    path: BRICK,
    place: 'rate: $rate }',
    typed: (i) => `rate: 0.${1 + (i % 9)} }`,
  },
  {
    name: 'a wire of a step',
    path: BRICK,
    place: 'in: normed_1,',
    typed: (i) => `in: ${i % 2 ? 'state_0' : 'normed_1'},`,
  },
  {
    name: 'a setting of training',
    path: COMPOSITION,
    place: 'epochs: 20',
    typed: (i) => `epochs: ${20 + (i % 9)}`,
  },
  { name: 'a requirement', path: COMPOSITION, place: ">= 0.7'", typed: (i) => `>= 0.7${i % 10}'` },
  { name: 'a setting of a part', path: COMPOSITION, place: 'rate: 0.1', typed: (i) => `rate: 0.1${i % 10}` },
  {
    name: 'a size of a part',
    path: COMPOSITION,
    place: 'width: 32\n      hidden',
    typed: (i) => `width: ${i % 2 ? 32 : 48}\n      hidden`,
  },
];
