/** What a graph is found to do that cannot be, and what cannot be decided. */
import type { Condition } from '../names/conditions';
import type { OpProblem } from '../ops/op';
import type { Range } from '../syntax/tree';
import type { Dim } from '../types/dim';
import { qualifiedSymbol } from '../types/explain';
import type { Fact, Fit } from '../types/solver';
import type { TensorType } from '../types/type';
import type { InferredStep, InferredWire } from './graph';

/** Why something must hold: a wire, an op's rule, a setting or a condition, and where it is written. */
export interface Cause {
  text: string;
  file: string;
  range: Range;
  kind?: 'wire' | 'op' | 'param' | 'condition';
  /** What it says, where that is not best said as an equation. */
  claim?: string;
  /** The entry of `dims` that says it. */
  dimension?: string;
}

export type ShapeProblem = {
  range: Range /** When only some readings of the ports do it. */;
  reading?: string;
} & (
  | {
      kind: 'fit';
      fit: Exclude<Fit<Cause>, { ok: true }>;
      from: TensorType;
      to: TensorType;
      step: InferredStep | undefined;
      input: string;
      source: string;
    }
  | { kind: 'op'; problem: OpProblem; step: InferredStep }
  | {
      kind: 'equation';
      why: string;
      left: Dim;
      right: Dim;
      step: InferredStep;
      facts: Fact<Cause>[];
      overspecialized: boolean;
    }
  | {
      kind: 'condition';
      condition: PlacedCondition;
      /** Whose sizes it is about; undefined for conditions of the file itself. */
      step: InferredStep | undefined;
      facts: Fact<Cause>[];
      left: Dim;
      right: Dim;
      /** What its names stand for here, with everything put in that is known. */
      sizes: { name: string; size: Dim }[];
    }
);

/** A condition as one use of a brick has it, and where it is written. */
export interface PlacedCondition extends Condition {
  file: string;
}

/** What cannot be decided. */
export type OpenQuestion = { range: Range; step: InferredStep | undefined; left: Dim; right: Dim } & (
  | { kind: 'axis'; source: string; input: string; axis: number }
  | { kind: 'equation'; why: string }
  | { kind: 'condition'; condition: PlacedCondition }
);

/** An axis of size 1 that an op repeats. */
export interface Repeated {
  step: InferredStep;
  wire: InferredWire;
  /** Counted from the end: 0 is the last axis. */
  fromEnd: number;
  size: Dim;
}

/** What is wrong, in words that stand alone, for problems of ops and conditions. */
export function describeProblem(problem: ShapeProblem): { message: string; help?: string | undefined } {
  switch (problem.kind) {
    case 'op':
      return { message: problem.problem.message, help: problem.problem.help };
    case 'equation':
      return { message: `${problem.why}: ${problem.left} is not ${problem.right}` };
    case 'condition':
      return { message: `\`${problem.condition.text}\` does not hold: ${comparison(problem)}` };
    case 'fit':
      return {
        message: `\`${problem.source}\` does not fit \`${problem.step?.step.name ?? problem.source}.${problem.input}\``,
      };
  }
}

/** `` `width` is 64 and `heads` is 6 ``; sizes that are not numbers are compared as they are. */
export function comparison({
  condition,
  left,
  right,
  sizes,
}: Extract<ShapeProblem, { kind: 'condition' }>): string {
  if (sizes.length > 0 && sizes.every(({ size }) => size.constant !== undefined))
    return sizes.map(({ name, size }) => `\`${name}\` is ${size}`).join(' and ');
  const [a, b] = [left, right].map((side) => side.toString(qualifiedSymbol));
  const { relation } = condition.parsed.constraint!;
  if (relation === '==') return `${a} cannot be ${b}`;
  return relation === '!=' ? `both are ${a}` : `${a} is more than ${b}`;
}
