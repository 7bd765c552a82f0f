import type { FlatModel } from '../inference/flatten';
import type { ModelInference } from '../inference/model';
import type { OpTest } from '../inference/ops-in';
import { locatedText, type Step } from '../names/declarations';
import type { Engine, Feature } from '../plan/engines/engine';
import { engineNamed, engines } from '../plan/engines/engines';
import { trainPhasesOf } from '../plan/training';
import { remember } from '../remember';
import { asScalar, entriesOf, entryOf, get, keyOf } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';
import type { Report, Rule } from './rule';

type Say = (found: Report) => void;

/** Other engines that are said to run a brick in code help nobody who trains on this one. */
export const engineUnsupported: Rule = {
  id: 'engine-unsupported',
  group: 'tasks',
  severity: 'error',
  summary: 'Something that the engine cannot run.',
  why: 'The format says more than each engine can do. The workspace file chooses the engine with `engine:`, and `brique check --engine` asks about another one; in a brick this is a warning, since another engine may run it.',
  check(analysis, report) {
    const { inference, source } = analysis;
    const engine = engineNamed(analysis.engine);
    if (source.kind === 'workspace') unshipped(source.tree.root, report);
    if (inference?.kind === 'module') inBrick(inference.graph.steps.values(), engine, report);
    if (inference?.kind !== 'model') return;
    if (!engine.shipped) {
      const { name, root } = inference.model;
      const range = name?.range ?? root.range;
      report({
        range,
        message: `The engine \`${engine.name}\` is chosen, which this version does not have`,
      });
      return;
    }
    inParts(inference, analysis.flat(), engine, report);
    inTasks(inference, engine, report);
    inTraining(inference, engine, report);
  },
};

function unshipped(root: TreeNode | undefined, report: Say): void {
  const chosen = locatedText(get(root, 'engine'));
  const engine = engines.find(({ name }) => name === chosen?.value);
  if (!chosen || !engine || engine.shipped) return;
  const others = engines.filter(({ shipped }) => shipped).map(({ name }) => `\`${name}\``);
  report({
    range: chosen.range,
    message: `This version does not have the engine \`${engine.name}\`; there is ${others.join(' and ')}`,
  });
}

function inBrick(steps: Iterable<{ step: Step }>, engine: Engine, report: Say): void {
  for (const { step } of steps) {
    if (!step.op || !engine.ops.includes(step.op.value)) continue;
    const message = `\`${engine.name}\` cannot run \`${step.op.value}\``;
    report({ range: step.op.range, severity: 'warning', message });
  }
}

const tests = new WeakMap<Engine, OpTest>();

function inParts({ model }: ModelInference, flat: FlatModel | undefined, engine: Engine, report: Say): void {
  const said = new Set<string>();
  const say = (part: string, what: string, path: string, related: Report['related']) => {
    const named = model.parts.get(part) ?? model.plugs.get(part)?.step;
    if (!named || named.share || said.has(`${part} ${what}`)) return;
    said.add(`${part} ${what}`);
    const where = path === part ? '' : `, which \`${part}\` needs at \`${path}\``;
    const range = named.module?.range ?? model.plugs.get(part)?.module?.range ?? named.key;
    report({ range, message: `\`${engine.name}\` cannot run ${what}${where}`, related });
  };
  for (const { path, part, code, file, range } of flat?.problems ?? []) {
    if (code && engine.code.includes(code))
      say(part, `bricks written in ${words[code]}`, path, [{ file, range, message: 'the code' }]);
  }
  if (engine.ops.length + engine.modes.length === 0) return;
  const isMissing = remember(
    tests,
    engine,
    (): OpTest =>
      ({ op }) =>
        engine.ops.includes(op.name),
  );
  for (const { id, part, op, file, range } of flat?.where(isMissing) ?? []) {
    say(part, `the op \`${op.name}\``, id, [{ file, range, message: 'this step' }]);
  }
  for (const step of [...model.parts.values(), ...[...model.plugs.values()].map((plug) => plug.step)]) {
    const train = step.extras.get('train');
    const missing = trainPhasesOf(train?.value).find(({ mode }) => engine.modes.includes(mode));
    if (train && missing)
      report({
        range: train.value?.range ?? train.range,
        message: `\`${engine.name}\` cannot train with \`${missing.mode}\``,
        help: 'train it full, frozen, or its last layers',
      });
  }
}

const words = { python: 'Python', typescript: 'TypeScript' };

function inTasks({ tasks, data }: ModelInference, engine: Engine, report: Say): void {
  const fromData = tasks
    .flatMap(({ task }) => task.target?.reference.owner ?? [])
    .filter((owner) => data.has(owner));
  const [first] = fromData;
  for (const { task } of tasks) {
    const { loss, target, metrics } = task;
    if (loss && engine.losses.includes(loss.value))
      report({ range: loss.range, message: `\`${engine.name}\` does not have the loss \`${loss.value}\`` });
    for (const metric of metrics) {
      if (engine.metrics.includes(metric.value))
        report({
          range: metric.range,
          message: `\`${engine.name}\` does not have the metric \`${metric.value}\``,
        });
    }
    if (
      target &&
      fromData.includes(target.reference.owner) &&
      target.reference.owner !== first &&
      engine.features.includes('several-datasets')
    )
      report({
        range: target.range,
        message: `\`${engine.name}\` trains on one dataset at a time: another task already learns from \`${first}\``,
      });
  }
}

/** What each setting of `train` is when it asks for nothing. */
const neutral: Partial<Record<Feature, unknown[]>> = {
  schedule: ['constant'],
  layer_decay: [1, null],
  accumulate: [1],
  balance: ['fixed'],
  checkpoint: ['none'],
};

function inTraining({ model }: ModelInference, engine: Engine, report: Say): void {
  for (const [feature, nothing] of Object.entries(neutral) as [Feature, unknown[]][]) {
    if (!engine.features.includes(feature)) continue;
    const entry = entryOf(model.train, feature);
    if (!entry?.value) continue;
    if (nothing.includes(asScalar(entry.value)?.value)) continue;
    report({ range: entry.key.range, message: `\`${engine.name}\` cannot do \`${feature}\` yet` });
  }
  if (!engine.features.includes('slice-requirements')) return;
  for (const entry of entriesOf(get(model.evaluate, 'require'))) {
    if (entry.value?.kind !== 'map') continue;
    report({
      range: entry.key.range,
      message: `\`${engine.name}\` cannot hold the slices of \`${keyOf(entry)}\` to a bound yet`,
    });
  }
}
