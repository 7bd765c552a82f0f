/** How a composition is trained and evaluated, with every default filled in. */
import { metricNamed } from '../ops/metrics';
import { asNumber, asScalar, asText, entriesOf, get, itemsOf, keyOf } from '../syntax/path';
import type { MapNode, Range, TreeNode } from '../syntax/tree';
import type { Place, PlanEvaluate, PlanOptimizer, PlanTrain, PlanWeights, TrainPhase } from './format';

export function trainOf(train: MapNode | undefined): PlanTrain {
  const examples = asNumber(get(train, 'examples'));
  const clip = asNumber(get(train, 'clip_norm'));
  const stop = stopOf(get(train, 'stop'));
  return {
    epochs: asNumber(get(train, 'epochs')) ?? 10,
    batch: asNumber(get(train, 'batch')) ?? 32,
    optimizer: optimizerOf(get(train, 'optimizer')),
    seed: asNumber(get(train, 'seed')) ?? 0,
    ...(examples === undefined ? {} : { examples }),
    ...(clip === undefined ? {} : { clip_norm: clip }),
    ...(stop ? { stop } : {}),
  };
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

/** `pretrained` means the file that the brick ships. */
export function weightsOf(node: TreeNode | undefined, shipped: string | undefined): PlanWeights {
  const text = asText(node);
  if (text?.startsWith('run:')) return { from: 'run', run: text.slice('run:'.length).trim() };
  if (text === 'pretrained' && shipped !== undefined) return { from: 'file', file: shipped };
  return { from: 'fresh' };
}

/** `frozen`, `{ last: 2 }`, `{ lora: { rank: 8 } }`, or a schedule: `[{ frozen: 3 }, full]`. */
export function trainPhasesOf(node: TreeNode | undefined): TrainPhase[] {
  const phases = (node?.kind === 'sequence' ? itemsOf(node) : [node]).map((item) =>
    phaseOf(item, node?.kind === 'sequence'),
  );
  return phases.length > 0 ? phases : [{ mode: 'full' }];
}

function phaseOf(node: TreeNode | undefined, inSchedule: boolean): TrainPhase {
  const [entry] = entriesOf(node);
  if (!entry) return asText(node) === 'frozen' ? { mode: 'frozen' } : { mode: 'full' };
  const { value } = entry;
  switch (keyOf(entry)) {
    case 'last':
      return { mode: 'last', count: asNumber(value) ?? 1 };
    case 'lora': {
      const alpha = asNumber(get(value, 'alpha'));
      return {
        mode: 'lora',
        rank: asNumber(get(value, 'rank')) ?? 8,
        ...(alpha === undefined ? {} : { alpha }),
      };
    }
    case 'frozen':
      return { mode: 'frozen', ...epochs(value, inSchedule) };
    default:
      return { mode: 'full', ...epochs(value, inSchedule) };
  }
}

function epochs(node: TreeNode | undefined, inSchedule: boolean): { epochs?: number } {
  const count = asNumber(node);
  return inSchedule && count !== undefined ? { epochs: count } : {};
}

const requirement = /^\s*(>=|<=|>|<)\s*(-?[\d.]+(?:e-?\d+)?)\s*$/i;

export function evaluateOf(evaluate: MapNode | undefined, place: (range: Range) => Place): PlanEvaluate {
  return {
    on: asText(get(evaluate, 'on')) ?? 'test',
    slices: itemsOf(get(evaluate, 'slices')).flatMap((item) => asText(item) ?? []),
    require: entriesOf(get(evaluate, 'require')).flatMap((entry) => {
      const match = requirement.exec(asText(entry.value) ?? '');
      if (!match) return [];
      const comparison = match[1] as PlanEvaluate['require'][number]['comparison'];
      return [{ metric: keyOf(entry), comparison, value: Number(match[2]), at: place(entry.range) }];
    }),
  };
}
