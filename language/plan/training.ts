/** How a composition is trained and evaluated, with every default filled in. */

import { parseBound } from '../names/bounds';
import type { Hook } from '../names/declarations';
import { metricNamed } from '../ops/metrics';
import { asNumber, asScalar, asSize, asText, entriesOf, entryOf, get, itemsOf, keyOf } from '../syntax/path';
import type { Entry, MapNode, Range, TreeNode } from '../syntax/tree';
import type {
  Place,
  PlanCheckpoint,
  PlanEvaluate,
  PlanHook,
  PlanOptimizer,
  PlanRequirement,
  PlanSchedule,
  PlanTrain,
  PlanWeights,
  TrainMode,
  TrainPhase,
} from './format';

export function trainOf(train: MapNode | undefined): PlanTrain {
  const examples = asNumber(get(train, 'examples'));
  const clip = asNumber(get(train, 'clip_norm'));
  const stop = stopOf(get(train, 'stop'));
  const schedule = scheduleOf(get(train, 'schedule'));
  const decay = asNumber(get(train, 'layer_decay'));
  const accumulate = asNumber(get(train, 'accumulate')) ?? 1;
  const balance = balanceOf(get(train, 'balance'));
  const checkpoint = checkpointOf(get(train, 'checkpoint'));
  return {
    epochs: asNumber(get(train, 'epochs')) ?? 10,
    batch: asSize(get(train, 'batch')) ?? 32,
    optimizer: optimizerOf(get(train, 'optimizer')),
    seed: asNumber(get(train, 'seed')) ?? 0,
    ...(examples === undefined ? {} : { examples }),
    ...(clip === undefined ? {} : { clip_norm: clip }),
    ...(schedule ? { schedule } : {}),
    ...(decay === undefined || decay === 1 ? {} : { layer_decay: decay }),
    ...(accumulate === 1 ? {} : { accumulate }),
    ...balance,
    ...(checkpoint ? { checkpoint } : {}),
    ...(stop ? { stop } : {}),
  };
}

/** `uncertainty`, `gradnorm` or `{ gradnorm: { alpha: 1 } }`; nothing where weights are fixed. */
function balanceOf(node: TreeNode | undefined): Pick<PlanTrain, 'balance' | 'balance_alpha'> {
  const [entry] = entriesOf(node);
  const balance = entry ? keyOf(entry) : asText(node);
  if (balance === 'uncertainty') return { balance };
  if (balance !== 'gradnorm') return {};
  const alpha = asNumber(get(entry?.value, 'alpha'));
  return { balance, ...(alpha === undefined ? {} : { balance_alpha: alpha }) };
}

/** `cosine`, or `{ warmup: 1, decay: cosine, end: 0.1 }`; undefined where the rate stays as it is. */
function scheduleOf(node: TreeNode | undefined): PlanSchedule | undefined {
  const word = asText(node) ?? asText(get(node, 'decay'));
  const decay = word === 'linear' || word === 'cosine' ? word : 'constant';
  const warmup = asNumber(get(node, 'warmup')) ?? 0;
  if (decay === 'constant' && warmup === 0) return undefined;
  return { warmup, decay, end: asNumber(get(node, 'end')) ?? 0 };
}

/** `best`, `last`, `none`, or `{ every: 5, keep: 3 }`; undefined where the engine is left to choose. */
function checkpointOf(node: TreeNode | undefined): PlanCheckpoint | undefined {
  if (node?.kind === 'map')
    return { every: asNumber(get(node, 'every')) ?? 1, keep: asNumber(get(node, 'keep')) ?? 1 };
  const word = asText(node);
  if (word === 'best' || word === 'none') return { keep: word };
  return word === 'last' ? { every: 1, keep: 1 } : undefined;
}

/** `adam`, or `{ adam: { learning_rate: 1e-3 } }`. Defaults are those of Keras and PyTorch where they agree. */
function optimizerOf(node: TreeNode | undefined): PlanOptimizer {
  const [entry] = entriesOf(node);
  const kind = entry ? keyOf(entry) : (asText(node) ?? 'adam');
  const settings = entry?.value;
  const number = (key: string, otherwise: number) => asNumber(get(settings, key)) ?? otherwise;
  if (kind === 'sgd') {
    return {
      kind,
      learning_rate: number('learning_rate', 0.01),
      momentum: number('momentum', 0),
      nesterov: asScalar(get(settings, 'nesterov'))?.value === true,
      weight_decay: number('weight_decay', 0),
    };
  }
  return {
    kind: kind === 'adamw' ? 'adamw' : 'adam',
    learning_rate: number('learning_rate', 1e-3),
    beta1: number('beta1', 0.9),
    beta2: number('beta2', 0.999),
    epsilon: number('epsilon', 1e-8),
    weight_decay: number('weight_decay', kind === 'adamw' ? 0.01 : 0),
  };
}

function isBetterSmaller(metric: string): boolean {
  const name = metric.slice(metric.lastIndexOf('.') + 1);
  return (metricNamed(name)?.better ?? 'lower') === 'lower';
}

function stopOf(node: TreeNode | undefined): PlanTrain['stop'] {
  const when = asText(get(node, 'when'));
  if (when === undefined) return undefined;
  const mode = asText(get(node, 'mode'));
  return {
    when,
    patience: asNumber(get(node, 'patience')) ?? 3,
    mode: mode === 'min' || mode === 'max' ? mode : isBetterSmaller(when) ? 'min' : 'max',
    min_delta: asNumber(get(node, 'min_delta')) ?? 0,
  };
}

export function weightsOf(node: TreeNode | undefined, pretrained: () => PlanWeights): PlanWeights {
  const text = asText(node);
  if (text?.startsWith('run:')) return { from: 'run', run: text.slice('run:'.length).trim() };
  return text === 'pretrained' ? pretrained() : { from: 'fresh' };
}

/** `frozen`, `{ last: 2 }`, `{ lora: { rank: 8 } }`, or a schedule: `[{ frozen: 3 }, full]`. */
export function trainPhasesOf(node: TreeNode | undefined): TrainPhase[] {
  const phases = (node?.kind === 'sequence' ? itemsOf(node) : [node]).map((item) =>
    phaseOf(item, node?.kind === 'sequence'),
  );
  return phases.length > 0 ? phases : [{ mode: 'full' }];
}

function phaseOf(node: TreeNode | undefined, inSchedule: boolean): TrainPhase {
  const word = asText(node);
  const of = (key: string) => entryOf(node, key)?.value;
  const length = (count: TreeNode | undefined) => (inSchedule ? epochs(count) : {});
  if (of('last')) return { mode: 'last', count: asNumber(of('last')) ?? 1, ...length(of('epochs')) };
  if (of('lora')) return { ...loraOf(of('lora')), ...length(of('epochs')) };
  if (of('frozen')) return { mode: 'frozen', ...length(of('frozen')) };
  return word === 'frozen' ? { mode: 'frozen' } : { mode: 'full', ...length(of('full')) };
}

function loraOf(node: TreeNode | undefined): TrainMode {
  const rank = asNumber(get(node, 'rank')) ?? 8;
  const named = get(node, 'targets');
  const targets = (named?.kind === 'sequence' ? named.items : [named]).flatMap((item) => asText(item) ?? []);
  return {
    mode: 'lora',
    rank,
    alpha: asNumber(get(node, 'alpha')) ?? rank,
    ...(targets.length > 0 ? { targets } : {}),
    dropout: asNumber(get(node, 'dropout')) ?? 0,
  };
}

function epochs(node: TreeNode | undefined): { epochs?: number } {
  const count = asNumber(node);
  return count === undefined ? {} : { epochs: count };
}

export function evaluateOf(evaluate: MapNode | undefined, place: (range: Range) => Place): PlanEvaluate {
  const bound = (entry: Entry, slice?: string): PlanRequirement[] => {
    const parsed = parseBound(asText(entry.value) ?? '');
    if (!parsed) return [];
    const { comparison, value } = parsed;
    const metric = keyOf(entry);
    return [{ metric, ...(slice === undefined ? {} : { slice }), comparison, value, at: place(entry.range) }];
  };
  return {
    on: asText(get(evaluate, 'on')) ?? 'test',
    slices: itemsOf(get(evaluate, 'slices')).flatMap((item) => asText(item) ?? []),
    require: entriesOf(get(evaluate, 'require')).flatMap((entry) =>
      entry.value?.kind === 'map'
        ? entry.value.entries.flatMap((inner) => bound(inner, keyOf(entry)))
        : bound(entry),
    ),
  };
}

/** Commands around a run, in order. */
export function hooksOf(hooks: readonly Hook[], place: (range: Range) => Place): PlanHook[] {
  return hooks.flatMap(({ on, run, range }): PlanHook[] => {
    const event = on?.value;
    if (event !== 'run_start' && event !== 'epoch_end' && event !== 'run_end') return [];
    return [{ on: event, run: run.map(({ value }) => value), at: place(range) }];
  });
}
