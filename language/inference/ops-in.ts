/** What is asked of every op in a brick, asked once: a rule that looks for something rare need not go through all. */
import { remember } from '../remember';
import type { OpenedBrick, OpenedOp, OpenedStep } from './opened';

/** One question is one function: answers are remembered under it. */
export type OpTest = (op: OpenedOp, brick: OpenedBrick) => boolean;

/** The steps down to an op, itself the last. */
export type WayDown = readonly OpenedStep[];

const NONE: readonly WayDown[] = [];

const answers = new WeakMap<OpenedBrick, Map<OpTest, readonly WayDown[]>>();

/** The ops in a brick, what is plugged into it left out, for which the test holds; in the order of the data. */
export function opsIn(brick: OpenedBrick, test: OpTest): readonly WayDown[] {
  const own = remember(answers, brick, () => new Map<OpTest, readonly WayDown[]>());
  return remember(own, test, () => {
    const found = brick.steps.flatMap((step): WayDown[] => {
      const { holds } = step;
      if ('op' in holds) return test(holds.op, brick) ? [[step]] : [];
      return holds.plugged ? [] : opsIn(holds.brick, test).map((way) => [step, ...way]);
    });
    return found.length === 0 ? NONE : found;
  });
}

const paths = new WeakMap<readonly WayDown[], string[]>();

/** `layers.0/attention`; one list for each answer. */
export function pathsOf(ways: readonly WayDown[]): string[] {
  return remember(paths, ways, () => ways.map((way) => way.map(({ name }) => name).join('/')));
}
