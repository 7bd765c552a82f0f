import type { Figure } from '../figures';

export interface Sample {
  median: number;
  p95: number;
}

export function sampleOf(values: number[]): Sample {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}

/**
 * Milliseconds that each contestant takes, in turns, so that a busy machine is busy for all of them; after `unmeasured`
 * rounds in which V8 compiles what runs often.
 */
export async function inTurns<Name extends string>(
  rounds: number,
  contestants: Record<Name, (round: number) => number | Promise<number>>,
  unmeasured = 0,
): Promise<Record<Name, Sample>> {
  const names = Object.keys(contestants) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < unmeasured + rounds; round++) {
    const order = round % 2 === 0 ? names : [...names].reverse();
    for (const name of order) {
      const time = await contestants[name](round);
      if (round >= unmeasured) times[name].push(time);
    }
  }
  return Object.fromEntries(names.map((name) => [name, sampleOf(times[name])])) as Record<Name, Sample>;
}

export function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

export function milliseconds(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A figure that must stay below a share of what the other needs. */
export function ratio(name: string, ours: Sample, theirs: Sample, most: number, notes: string): Figure {
  const value = ours.median / theirs.median;
  return {
    name,
    value: Math.round(value * 1_000) / 1_000,
    unit: 'of yaml-language-server',
    goal: `≤ ${most}`,
    holds: value <= most,
    notes: `${describe(ours)} against ${describe(theirs)}; ${notes}`,
  };
}

/** A figure with a bound of its own. */
export function bound(name: string, value: number, unit: string, most: number, notes: string): Figure {
  return { name, value: milliseconds(value), unit, goal: `< ${most}`, holds: value < most, notes };
}

export function describe({ median, p95 }: Sample): string {
  return `${milliseconds(median)} ms (p95 ${milliseconds(p95)})`;
}
