import { type Answer, Contestant, type Program } from './contestant';
import type { Setting } from './engine';

export interface Measured {
  program: Program;
  /** From the start of its process to the end of its first epoch, in milliseconds. */
  first: number;
  /** Of a step, by round, in milliseconds. */
  steps: number[];
  last: Answer;
}

export interface Contest {
  program: Program;
  /** Of an epoch. */
  steps: number;
}

export interface Missing {
  program: Program;
  why: string;
}

/** Rounds at least, however long they take. */
const FEWEST = 3;
const MOST = 15;

/**
 * Starts all, lets each train one epoch to warm up, and then one epoch each in turns until the time is used up. Those that
 * cannot train are left out, with the reason.
 */
export async function inRounds(
  folder: string,
  programs: Contest[],
  { native, seconds }: Setting,
): Promise<{ measured: Measured[]; missing: Missing[] }> {
  const env = native ? { BRIQUE_TENSORFLOW: native } : {};
  const missing: Missing[] = [];
  const running: { contestant: Contestant; perEpoch: number; result: Measured }[] = [];
  const started: Contestant[] = [];
  try {
    for (const { program, steps } of programs) {
      const start = performance.now();
      const contestant = new Contestant(program, folder, env);
      started.push(contestant);
      try {
        const last = await contestant.epoch();
        const first = performance.now() - start;
        running.push({ contestant, perEpoch: steps, result: { program, first, steps: [], last } });
      } catch (error) {
        missing.push({ program, why: (error as Error).message });
      }
    }
    const end = performance.now() + seconds * 1000;
    for (let round = 0; round < MOST && (round < FEWEST || performance.now() < end); round++) {
      const order = round % 2 === 0 ? running : [...running].reverse();
      for (const { contestant, perEpoch, result } of order) {
        result.last = await contestant.epoch();
        result.steps.push(result.last.ms / perEpoch);
      }
    }
    return { measured: running.map(({ result }) => result), missing };
  } finally {
    for (const contestant of started) await contestant.end();
  }
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/**
 * Each at its fastest, for what else goes on slows some more than others: threads that wait for each other by spinning
 * lose most.
 */
export function fastestRatio(ours: number[], theirs: number[]): number {
  return Math.min(...ours) / Math.min(...theirs);
}

/** Of ratios taken round by round, for what slows the machine slows both of a round. */
export function medianRatio(ours: number[], theirs: number[]): number {
  return median(ours.map((value, round) => value / theirs[round]!));
}

export function round(value: number): number {
  return Number(value.toPrecision(3));
}

export function range(values: number[]): string {
  return `${round(Math.min(...values))} to ${round(Math.max(...values))}`;
}
