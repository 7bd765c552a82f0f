/** What became of each setting of a training run. */
import type { Plan, PlanPart } from '../../language/plan/format';
import type { ReceiptLine, Report } from '../../protocol/generated/run-event';
import { phaseText } from '../run/record';
import { sharedLayer } from '../step/balance/gradnorm';
import { weightState } from '../step/graph';
import { learningNodes, type Phase, phasesOf } from '../step/phases';
import { layersBehind } from '../step/rates';

/** What only the run itself knows. */
export interface Happened {
  /** Whole epochs that were trained. */
  epochs: number;
  bestEpoch: number;
  /** Steps whose gradient was longer than `clip_norm`. */
  clipped: number;
  /** By dataset: rows to train on. */
  rows: number[];
  /** Names of parts that learned at some time. */
  learned: ReadonlySet<string>;
}

/** The settings of `train` and `evaluate`, then what parts say of themselves. */
export function receiptOf(plan: Plan, report: Report, happened: Happened): ReceiptLine[] {
  const written = new Set(plan.written ?? []);
  const idle = idleSettings(plan, report, happened);
  const { require, ...evaluate } = plan.evaluate;
  const own = [...flat('train', settingsOf(plan)), ...flat('evaluate', evaluate)].map(([setting, value]) =>
    line(setting, value, written.has(setting) || reallyWritten(setting, written), idle.get(setting)),
  );
  const required = require.map(({ metric, slice, comparison, value }) =>
    line(`evaluate.require.${slice ? `${slice}.` : ''}${metric}`, `${comparison} ${value}`, true, undefined),
  );
  return [...own, ...required, ...plan.parts.flatMap((part) => ofPart(part, plan, happened))];
}

/** `optimizer.adam.beta1` and `balance.gradnorm.alpha`, as they are written. */
function settingsOf({ train: { balance_alpha: alpha, ...train } }: Plan): object {
  const { kind, ...optimizer } = train.optimizer;
  const balance = alpha === undefined ? train.balance : { gradnorm: { alpha } };
  return { ...train, balance, optimizer: { [kind]: optimizer } };
}

function flat(path: string, value: unknown): [setting: string, value: string][] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.length > 0 ? [[path, value.join(', ')]] : [];
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flat(`${path}.${key}`, inner));
}

/** `schedule: cosine` and `checkpoint: last` are written in one word for all that they set. */
function reallyWritten(setting: string, written: ReadonlySet<string>): boolean {
  const whole = setting.split('.').slice(0, 2).join('.');
  return written.has(whole) && ![...written].some((each) => each.startsWith(`${whole}.`));
}

function line(setting: string, value: string, isWritten: boolean, idle: string | undefined): ReceiptLine {
  if (!isWritten) return { setting, value, state: 'default' };
  return idle === undefined
    ? { setting, value, state: 'used' }
    : { setting, value, state: 'without effect', why: idle };
}

/** Settings of which nothing came, and why. */
function idleSettings(plan: Plan, report: Report, happened: Happened): Map<string, string> {
  const { train } = plan;
  const idle = new Map<string, string>();
  const say = (setting: string, isIdle: boolean, why: string) => {
    if (isIdle) for (const [each] of flat(setting, at(plan, setting))) idle.set(each, why);
  };
  const { clipped, rows, learned, epochs, bestEpoch } = happened;
  say('train.clip_norm', clipped === 0, 'no gradient was longer');
  say(
    'train.stop',
    bestEpoch === epochs && epochs === train.epochs,
    'the last epoch was the best, and none was left out',
  );
  say(
    'train.examples',
    rows.every((count) => count < (train.examples ?? 0)),
    'there are no more rows',
  );
  say(
    'train.accumulate',
    rows.every((count) => count <= train.batch),
    'an epoch is one batch',
  );
  const states = new Set(plan.graph.flatMap((node) => node.weights.map((each) => weightState(node, each))));
  const layers = [...states].filter((state) => learned.has(state.slice(0, state.indexOf('/'))));
  say('train.balance', plan.tasks.length < 2, 'there is one task only');
  say(
    'train.balance',
    train.balance === 'gradnorm' &&
      sharedLayer(
        plan,
        layers.map((base) => ({ base })),
      ).length === 0,
    'no layer that learns is shared by all tasks',
  );
  const all = [...layersBehind(plan)].filter(([state]) => learned.has(state.slice(0, state.indexOf('/'))));
  say(
    'train.layer_decay',
    all.every(([, distance]) => distance === 0),
    'only the last layer learns',
  );
  const everyOwn = plan.parts.every(
    ({ name, learning_rate: own }) => !learned.has(name) || own !== undefined,
  );
  if (everyOwn && learned.size > 0)
    idle.set(`train.optimizer.${train.optimizer.kind}.learning_rate`, 'every part that learns has its own');
  const sliced = Object.values(report.tasks).flatMap(({ slices }) => Object.keys(slices ?? {}));
  say(
    'evaluate.slices',
    !plan.evaluate.slices.some((id) => sliced.includes(id)),
    'no task has one prediction for each row',
  );
  return idle;
}

function at(plan: Plan, setting: string): unknown {
  const [group, key] = setting.split('.') as [string, string];
  const values: Record<string, unknown> = group === 'train' ? { ...settingsOf(plan) } : { ...plan.evaluate };
  return values[key];
}

function ofPart(part: PlanPart, plan: Plan, { learned, epochs }: Happened): ReceiptLine[] {
  const lines: ReceiptLine[] = [];
  const add = (key: string, value: string, idle?: string) =>
    lines.push(line(`parts.${part.name}.${key}`, value, true, idle));
  const { weights, learning_rate: rate } = part;
  if (weights.from !== 'fresh') add('weights', weights.from === 'run' ? `run:${weights.run}` : 'pretrained');
  if (rate !== undefined)
    add('learning_rate', String(rate), learned.has(part.name) ? undefined : 'nothing of the part learned');
  if (part.train.length > 1 || part.train[0]?.mode !== 'full') {
    const has = plan.graph.some((node) => node.part === part.name && node.weights.length > 0);
    const reached = part.train.filter((_, i) => beginsAt(part, i) < epochs).length;
    const left = part.train.slice(reached).map(phaseText).join(', then ');
    const why = has ? left && `training ended before ${left}` : 'the part has no weights';
    add('train', part.train.map(phaseText).join(', then '), why || undefined);
  }
  return lines;
}

function beginsAt(part: PlanPart, index: number): number {
  return part.train
    .slice(0, index)
    .reduce((sum, { epochs }) => sum + (epochs ?? Number.POSITIVE_INFINITY), 0);
}

/** Parts of which something learned in the phases that were reached. */
export function partsThatLearned(plan: Plan, epochs: number): Set<string> {
  const reached = phasesOf(plan).filter(({ from }) => from < epochs);
  return new Set(reached.flatMap((phase) => [...partsLearning(plan, phase)]));
}

function partsLearning(plan: Plan, phase: Phase): Set<string> {
  const learning = learningNodes(plan, phase);
  const learns = plan.graph.filter(
    (node) =>
      (learning.has(node.id) && node.weights.some(({ trainable }) => trainable)) ||
      (phase.modes.get(node.part)?.mode === 'lora' && node.weights.some(({ adaptable }) => adaptable)),
  );
  return new Set(learns.map(({ part }) => part));
}
