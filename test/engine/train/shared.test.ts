import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileStep } from '../../../engine/step/compile';
import { initialState } from '../../../engine/step/initial';
import { learningNodes, phasesOf } from '../../../engine/step/phases';
import type { HostTensor } from '../../../engine/step/program';
import type { Plan } from '../../../language/plan/format';
import { temporaryFolder } from '../data/fixture';
import { forEachExecutor } from '../executors';
import { tensor } from '../graph/tensors';
import { planFor, runHere } from './workspace';

const FILES: Record<string, string> = {
  'pairs.brique.yaml': `kind: dataset
name: pairs
version: 1.0.0
files: { all: pairs.csv }
columns:
  left: { type: string }
  right: { type: string }
  same: { type: category, values: ["no", "yes"] }
splits: { train: 0.6, validation: 0.2, test: 0.2, seed: 1, stratify: same }
`,
  'tower.brique.yaml': `kind: module
name: tower
version: 1.0.0
inputs:
  tokens: int32[batch, seq]
outputs:
  features: float32[batch, 4]
graph:
  table: { op: embedding, in: tokens, size: 30, dim: 6 }
  mean: { op: global_avg_pool, in: table }
  norm: { op: batch_norm, in: mean }
  features: { op: dense, in: norm, units: 4 }
`,
  'apart.brique.yaml': `kind: module
name: apart
version: 1.0.0
inputs:
  left: float32[batch, width]
  right: float32[batch, width]
outputs:
  logits: float32[batch, 2]
graph:
  gap: { op: subtract, in: [left, right] }
  square: { op: multiply, in: [gap, gap] }
  logits: { op: dense, in: square, units: 2 }
`,
  'towers.brique.yaml': `kind: model
name: towers
version: 0.1.0
data: { pairs: pairs@^1 }
parts:
  words: { module: std/text-vectorizer@^1, in: { text: pairs.left }, params: { vocab: 30, length: 3 } }
  words_right: { share: words, in: { text: pairs.right } }
  tower: { module: tower@^1, in: words.tokens }
  tower_right: { share: tower, in: words_right.tokens }
  apart: { module: apart@^1, in: [tower.features, tower_right.features] }
tasks:
  same: { output: apart.logits, target: pairs.same, loss: cross_entropy, metrics: [accuracy] }
train: { epochs: 20, batch: 16, optimizer: { adam: { learning_rate: 3e-2 } }, seed: 5 }
evaluate: { on: test, require: { same.accuracy: '>= 0.9' } }
`,
};

const THINGS = ['phone', 'case', 'cable', 'screen', 'keyboard'];

function write(root: string): void {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(root, name), text);
  const rows = Array.from({ length: 200 }, (_, i) => {
    const [left, step] = [i % 5, i % 2 ? 0 : 1 + (Math.floor(i / 10) % 4)];
    return `the ${THINGS[left]},the ${THINGS[(left + step) % 5]},${step === 0 ? 'yes' : 'no'}`;
  });
  writeFileSync(join(root, 'pairs.csv'), `left,right,same\n${rows.join('\n')}\n`);
}

/** The same plan with weights of their own in the second tower. */
function untied(plan: Plan): Plan {
  const parts = plan.parts.flatMap((part) =>
    part.name === 'tower' ? [part, { ...part, name: 'tower_right' }] : [part],
  );
  const graph = plan.graph.map((node) =>
    node.id.startsWith('tower_right/') ? { ...node, part: 'tower_right' } : node,
  );
  return { ...plan, parts, graph };
}

forEachExecutor('a part that others share', (executor) => {
  const root = temporaryFolder();
  let plan: Plan;
  beforeEach(() => {
    write(root());
    plan = planFor(root(), 'towers.brique.yaml');
  });

  it('is trained from end to end, as one set of weights and one vocabulary', async () => {
    const { folder, state } = await runHere(executor(), root(), { plan });
    assert.equal(state.status, 'completed');
    assert.deepEqual(
      state.report?.requirements.map(({ met }) => met),
      [true],
      'the towers learn',
    );
    assert.deepEqual(
      state.record.bricks.map(({ part }) => part),
      ['words', 'tower', 'apart'],
    );
    const files = ['words.state.json', 'tower.safetensors', 'apart.safetensors'];
    for (const file of files) assert.ok(existsSync(join(folder, 'weights', file)), file);
    assert.ok(!existsSync(join(folder, 'weights', 'words_right.state.json')));
    assert.ok(!existsSync(join(folder, 'weights', 'tower_right.safetensors')));
  });

  it('gets the gradients of all its uses, added up, and the mean of their statistics', async () => {
    const rate = 0.5;
    const sgd = {
      kind: 'sgd',
      learning_rate: rate,
      momentum: 0,
      nesterov: false,
      weight_decay: 0,
    } as const;
    const shared: Plan = { ...plan, train: { ...plan.train, optimizer: sgd } };
    const split = untied(shared);
    const ids = (by: number) => tensor([8, 3], (i) => (i * by) % 30, 'int32');
    const feeds: Record<string, HostTensor> = { 'pairs.same': tensor([8], (i) => i % 2, 'int32') };
    for (const node of shared.prepare)
      for (const port of Object.keys(node.outputs))
        feeds[`${node.id}.${port}`] = ids(node.id.startsWith('words_right') ? 7 : 3);
    const step = async (of: Plan) => {
      const compiled = compileStep(of, { phase: 0 }).step;
      const start = initialState(of, compiled);
      for (const [name, value] of start)
        if (name.startsWith('tower_right/'))
          value.data.set(start.get(name.replace('tower_right', 'tower'))!.data);
      const inputs = Object.keys(compiled.programs.train!.inputs).map(
        (name) => [name, feeds[name]!] as const,
      );
      const session = await executor().open(compiled, start);
      await session.run('train', Object.fromEntries(inputs));
      const names = compiled.state.map(({ name }) => name).filter((name) => name.startsWith('tower'));
      const ended = await session.read(names);
      session.close();
      return (name: string) =>
        Array.from(ended.get(name)!.data, (value, i) => value - start.get(name)!.data[i]!);
    };
    const [one, two] = [await step(shared), await step(split)];
    let moved = 0;
    for (const { name, trainable } of plan.graph
      .filter(({ id }) => id.startsWith('tower/'))
      .flatMap(({ weights }) => weights)) {
      const [left, right] = [two(`tower/${name}`), two(`tower_right/${name}`)];
      for (const [i, value] of one(`tower/${name}`).entries()) {
        const expected = (left[i]! + right[i]!) / (trainable ? 1 : 2);
        assert.ok(Math.abs(value - expected) < 1e-5, `${name}[${i}]: ${value}, not ${expected}`);
        if (Math.abs(value) > 1e-4) moved += 1;
      }
    }
    assert.ok(moved > 20, 'something learns');
  });

  it('learns in its last layers alike in each use', () => {
    const last: Plan = {
      ...plan,
      parts: plan.parts.map((part) =>
        part.name === 'tower' ? { ...part, train: [{ mode: 'last', count: 1 }] } : part,
      ),
    };
    const learning = learningNodes(last, phasesOf(last)[0]!);
    assert.deepEqual(
      [...learning].filter((id) => id.startsWith('tower')),
      ['tower/features', 'tower_right/features'],
    );
  });
});
