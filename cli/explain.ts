/** `brique train --explain`: what a model compiles to, without training it. */

import { UnsupportedByEngine } from '../engine/step/errors';
import {
  type ExplainedInstruction,
  type ExplainedPhase,
  type ExplainedProgram,
  type Explanation,
  explain,
} from '../engine/step/explain';
import type { Plan } from '../language/plan/format';
import { EXIT } from '../protocol/command';
import { bytesText } from '../protocol/runs/words';
import { CommandFailure } from './failure';
import type { CommonOptions } from './options';
import { type Paint, paintFor, print, printJson, table } from './output';

export function explainPlan(plan: Plan, { json }: CommonOptions): number {
  const explanation = compiled(plan);
  if (json) printJson(explanation);
  else print(explanationText(explanation, paintFor(process.stdout)));
  return EXIT.fine;
}

function compiled(plan: Plan): Explanation {
  try {
    return explain(plan);
  } catch (error) {
    if (!(error instanceof UnsupportedByEngine)) throw error;
    throw new CommandFailure(`${error.message}\n  at ${error.at.file}:${error.at.line}`);
  }
}

const DOES: Record<string, string> = {
  frozen: 'once per row, and kept: everything under the frozen border',
  train: 'one step of learning',
  add: 'a batch whose gradients are only added up',
  evaluate: 'losses and predictions of a batch',
  serve: 'predictions alone',
};

function explanationText({ model, batch, phases }: Explanation, paint: Paint): string {
  const head = `${paint('bold', `${model.name} ${model.version}`)}, figures for batches of ${batch}`;
  return [head, ...phases.map((phase) => phaseText(phase, paint))].join('\n\n');
}

function phaseText(phase: ExplainedPhase, paint: Paint): string {
  const { epochs, memory, parameters, pruned, cached, programs } = phase;
  const [first, last] = epochs;
  const parts = Object.entries(parameters).map(([name, { total, trainable }]) => [
    name,
    String(total),
    String(trainable),
  ]);
  const lines = [
    paint('bold', first === last ? `Epoch ${first}` : `Epochs ${first} to ${last}`),
    table([['part', 'parameters', 'learn'], ...parts], paint),
    `Memory: about ${bytesText(memory.total)} (weights ${bytesText(memory.weights)}, optimizer ${bytesText(memory.optimizer)}, values and gradients ${bytesText(memory.working)})`,
  ];
  if (pruned.length > 0) lines.push(`Pruned, since no gradient reaches it: ${pruned.join(', ')}`);
  if (cached.values.length > 0)
    lines.push(`Computed once and kept: ${cached.values.join(', ')}, by ${cached.nodes.join(', ')}`);
  const listed = Object.entries(programs).map(([name, program]) => programText(name, program, paint));
  return [lines.join('\n'), ...listed].join('\n\n');
}

/** Programs of further datasets are called `train:reviews`; only those that learn are listed line by line. */
function programText(name: string, program: ExplainedProgram, paint: Paint): string {
  const [kind = '', data] = name.split(':');
  const { instructions, lengths = {}, flops, memory } = program;
  const head = `${paint('bold', name)}: ${DOES[kind] ?? ''}${data ? ` of ${data}` : ''}`;
  const figures = `${instructions.length} primitives, ${flopsText(flops)}, ${bytesText(memory)}`;
  if (kind !== 'train') return `${head}\n  ${figures}`;
  const lines = Object.entries(lengths).map(([size, { longest, margin }]) => {
    const more = margin > 0 ? ` and ${margin} more` : '';
    return `  ${size}: as long as the longest row of a batch${more}, ${longest} at most, for which the figures are`;
  });
  let from: string | undefined = '';
  for (const [id, instruction] of instructions.entries()) {
    if (instruction.from !== from) lines.push(paint('dim', `  ${instruction.from ?? 'loss and optimizer'}`));
    from = instruction.from;
    lines.push(instructionText(id, instruction));
  }
  const updates = program.updates.map(
    ({ kind: how, state, operands }) => `    ${how} ${state} ${operands.map((id) => `%${id}`).join(' ')}`,
  );
  return [head, `  ${figures}`, ...lines, paint('dim', '  state'), ...updates].join('\n');
}

function instructionText(id: number, instruction: ExplainedInstruction): string {
  const { op, operands, settings, dtype, shape, flops } = instruction;
  const more = Object.entries(settings).map(([key, value]) =>
    key === 'name' ? String(value) : value === true ? key : `${key}=${JSON.stringify(value)}`,
  );
  const left = [`%${id}`.padEnd(5), op, ...operands.map((each) => `%${each}`), ...more].join(' ');
  const cost = flops > 0 ? `  ${flopsText(flops)}` : '';
  return `    ${left.padEnd(52)} ${dtype}[${shape.join(', ')}]${cost}`;
}

function flopsText(flops: number): string {
  const units = ['', 'k', 'M', 'G', 'T'];
  let [value, unit] = [flops, 0];
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${Number(value.toPrecision(3))} ${units[unit]}FLOPs`;
}
