/** What a loss is, and what the checks of losses have in common. */
import { Dim } from '../../types/dim';
import { describeRank } from '../../types/fit';
import { printType, type TensorType } from '../../types/type';
import { floats, wholes } from '../call';
import type { OpAttribute } from '../op';

/**
 * What a task asks for: one of several classes, several labels at once, numbers, an order of items, the right partner
 * among many, or words of a text. Metrics say which of these they judge.
 */
export type TaskKind = 'class' | 'labels' | 'number' | 'ranking' | 'retrieval' | 'token';

export interface Loss {
  name: string;
  summary: string;
  /** Markdown, with the formula and an example in YAML. */
  doc: string;
  /** Settings, as in `loss: { huber: { delta: 2 } }`. */
  options: Record<string, OpAttribute>;
  /** What a task with this loss can be. */
  kinds: TaskKind[];
  /** Names of the metrics that fit. */
  metrics: string[];
  check(call: LossCall): void;
}

/** What a task joins. Both types are resolved. */
export interface LossCall {
  output: TensorType;
  target: TensorType;
  /** The number of classes, when the target is a category. */
  classes: number | undefined;
  equate(output: Dim, target: Dim, why: string): void;
  fail(problem: LossProblem): void;
}

export interface LossProblem {
  side: 'output' | 'target';
  kind: 'rank' | 'dtype' | 'dim';
  message: string;
  help?: string;
}

/** Without its metrics, which follow from the kinds. */
export type LossDeclaration = Omit<Loss, 'metrics'>;

/** Documentation: what is computed, and a task. */
export function documented(text: string, task: string): string {
  return `${text}\n\n\`\`\`yaml\ntasks:\n  ${task}\n\`\`\``;
}

export function needFloatOutput(call: LossCall): boolean {
  if (floats.includes(call.output.dtype)) return true;
  call.fail({
    side: 'output',
    kind: 'dtype',
    message: `a task's output holds float32, not ${printType(call.output)}`,
  });
  return false;
}

export const isWhole = (type: TensorType): boolean => wholes.includes(type.dtype);
export const isNumber = (type: TensorType): boolean => isWhole(type) || floats.includes(type.dtype);

export function lastDim(type: TensorType): Dim | undefined {
  return type.dims[type.dims.length - 1];
}

/** States that the axes of the target are the first ones of the output. */
export function equateAxes({ output, target, equate }: LossCall, why: string): void {
  for (const [axis, dim] of target.dims.entries()) equate(output.dims[axis]!, dim, why);
}

/** One output per target; a last axis of size 1 may be missing on the side of the target. */
export function sameShape(call: LossCall, name: string): void {
  const { output, target } = call;
  const surplus = output.dims.length - target.dims.length;
  if (output.lead !== target.lead || surplus < 0 || surplus > 1) {
    const message = `\`${name}\` needs one output per target; the output has ${describeRank(output)}, ${printType(output)}, and the target ${describeRank(target)}, ${printType(target)}`;
    call.fail({
      side: 'output',
      kind: 'rank',
      message,
      help: 'end in `std/regressor`, or in a `dense` with one unit',
    });
    return;
  }
  equateAxes(call, `\`${name}\` compares each output with one target`);
  if (surplus === 1) call.equate(lastDim(output)!, Dim.of(1), `\`${name}\` needs one output per target`);
}

/** A score per class along one more axis than the target has, which holds indices of classes. */
export function scoresAndIndices(call: LossCall, name: string): void {
  const { output, target, classes } = call;
  if (!needFloatOutput(call)) return;
  if (!isWhole(target)) {
    const help =
      target.dtype === 'string'
        ? 'declare the column as a `category`'
        : target.dims.length > 1
          ? 'for several labels at once, use `binary_cross_entropy`'
          : 'for a number to be met, use `mse`, `mae` or `huber`';
    call.fail({
      side: 'target',
      kind: 'dtype',
      message: `\`${name}\` needs the index of a class, int32, not ${printType(target)}`,
      help,
    });
    return;
  }
  if (output.dims.length !== target.dims.length + 1 || output.lead !== target.lead) {
    call.fail({
      side: 'output',
      kind: 'rank',
      message: `\`${name}\` needs one axis more than its target, a score per class; the output is ${printType(output)}, the target ${printType(target)}`,
      help: 'end in `std/classifier`, or in a `dense` with one unit per class',
    });
    return;
  }
  equateAxes(call, `\`${name}\` compares each score with one target`);
  if (classes === undefined) return;
  const why = `the target has ${classes} classes, so there are ${classes} scores`;
  call.equate(lastDim(output)!, Dim.of(classes), why);
}

/** Both sides hold a row of numbers per row of the batch. */
export function matrices(call: LossCall, name: string, what: string): void {
  const { output, target } = call;
  if (!needFloatOutput(call)) return;
  for (const [side, type] of [
    ['output', output],
    ['target', target],
  ] as const) {
    if (type.lead === undefined && type.dims.length === 2) continue;
    const message = `\`${name}\` needs ${what} on both sides, [batch, …]; the ${side} is ${printType(type)}`;
    call.fail({ side, kind: 'rank', message });
    return;
  }
  equateAxes(call, `\`${name}\` compares number by number`);
}

/** A target that holds numbers. */
export function needNumbers(call: LossCall, name: string): boolean {
  if (isNumber(call.target)) return true;
  const message = `\`${name}\` needs numbers, not ${printType(call.target)}`;
  call.fail({ side: 'target', kind: 'dtype', message });
  return false;
}
