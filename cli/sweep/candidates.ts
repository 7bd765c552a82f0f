/** Which combinations of settings a sweep tries. */
import { RandomSequence, streamOf } from '../../engine/step/random';
import type { Between } from '../../language/plan/sweep';
import type { Setting } from '../options';
import type { Tried } from './ranges';

/** Settings of one run. */
export type Candidate = Setting[];

/** Every combination; of a range, `points` values at even distances, both ends among them. */
export function grid(tried: Tried[], points: number): Candidate[] {
  return tried.reduce<Candidate[]>(
    (before, each) =>
      before.flatMap((candidate) =>
        valuesOf(each, points).map((value) => [...candidate, { path: each.path, value }]),
      ),
    [[]],
  );
}

function valuesOf(tried: Tried, points: number): string[] {
  if ('values' in tried) return tried.values;
  const shares = Array.from({ length: points }, (_, i) => (points === 1 ? 0.5 : i / (points - 1)));
  return [...new Set(shares.map((share) => textAt(tried, share)))];
}

/** Combinations drawn at random, each once; fewer than `count` where there are no more. The same for the same seed. */
export function random(tried: Tried[], count: number, seed: number): Candidate[] {
  const draws = tried.map(({ path }) => new RandomSequence(seed, streamOf(path.join('.')), 0));
  const found = new Map<string, Candidate>();
  // Where few combinations exist, most draws are repeats.
  for (let draw = 0; draw < 100 * count && found.size < count; draw++) {
    const candidate = tried.map((each, i): Setting => {
      const share = draws[i]!.uniform();
      const value =
        'values' in each ? each.values[Math.floor(share * each.values.length)]! : textAt(each, share);
      return { path: each.path, value };
    });
    found.set(JSON.stringify(candidate), candidate);
  }
  return [...found.values()];
}

/** The value at a share of the way from one end of a range to the other. */
function textAt({ min, max, scale, int }: Between, share: number): string {
  const value =
    scale === 'log'
      ? Math.exp(Math.log(min) + share * (Math.log(max) - Math.log(min)))
      : min + share * (max - min);
  return String(
    int
      ? Math.min(Math.max(Math.round(value), Math.ceil(min)), Math.floor(max))
      : Number(value.toPrecision(6)),
  );
}

/** Every round has a third of the candidates of the one before, for three times as many epochs. */
const SHARE = 3;

/**
 * The rounds of successive halving (Jamieson & Talwalkar 2016): how many candidates train for how many epochs. The last
 * round trains as long as the composition says.
 */
export function rounds(candidates: number, epochs: number): { candidates: number; epochs: number }[] {
  const count = Math.max(
    1,
    Math.min(
      1 + Math.floor(Math.log(candidates) / Math.log(SHARE) + 1e-9),
      1 + Math.floor(Math.log(epochs) / Math.log(SHARE) + 1e-9),
    ),
  );
  return Array.from({ length: count }, (_, round) => ({
    candidates: Math.max(1, Math.floor(candidates / SHARE ** round)),
    epochs: Math.max(1, Math.round(epochs / SHARE ** (count - 1 - round))),
  }));
}
