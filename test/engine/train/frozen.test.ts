import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { feedOf } from '../../../engine/data/lengths';
import { prepareData } from '../../../engine/data/prepared';
import { readSafetensors } from '../../../engine/data/safetensors';
import { gatherTensor } from '../../../engine/data/value';
import { compileStep } from '../../../engine/step/compile';
import { initialState } from '../../../engine/step/initial';
import { phasesOf } from '../../../engine/step/phases';
import type { HostTensor } from '../../../engine/step/program';
import { cacheFrozen, frozenFingerprints, proveFrozen } from '../../../engine/train/frozen';
import { StopSignal } from '../../../engine/train/stop-signal';
import { temporaryFolder } from '../data/fixture';
import { forEachExecutor } from '../executors';
import { allClose } from '../graph/tensors';
import { planFor, runHere } from './workspace';

const FILES: Record<string, string> = {
  'sides.brique.yaml': `kind: dataset
name: sides
version: 1.0.0
files: { all: sides.jsonl }
columns:
  left: { type: tensor, shape: [3] }
  right: { type: tensor, shape: [3] }
  sum: { type: float }
splits: { train: 0.6, validation: 0.2, test: 0.2 }
`,
  'tower.brique.yaml': `kind: module
name: tower
version: 1.0.0
inputs:
  x: float32[batch, 3]
outputs:
  y: float32[batch, 4]
graph:
  first: { op: dense, in: x, units: 5 }
  norm: { op: batch_norm, in: first }
  y: { op: dense, in: norm, units: 4 }
`,
  'sum.brique.yaml': `kind: model
name: sum
version: 0.1.0
data: { sides: sides@^1 }
parts:
  tower: { module: tower@^1, in: sides.left }
  other: { share: tower, in: sides.right }
  both: { module: std/join@^1, in: [tower.y, other.y] }
  head: { module: std/regressor@^1, in: both.features }
tasks:
  sum: { output: head.value, target: sides.sum, loss: mse }
train: { epochs: 2, batch: 7, seed: 5 }
`,
};

function write(root: string): void {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(root, name), text);
  const rows = Array.from({ length: 50 }, (_, i) => {
    const [left, right] = [3, 5].map((by) => [0, 1, 2].map((at) => Math.sin(i * by + at)));
    return JSON.stringify({ left, right, sum: left![0]! + right![1]! });
  });
  writeFileSync(join(root, 'sides.jsonl'), `${rows.join('\n')}\n`);
}

const towerOf = (folder: string) => {
  const file = join(folder, 'weights/tower.safetensors');
  return readSafetensors(readFileSync(file), file).tensors;
};

forEachExecutor('what is frozen', (executor) => {
  const root = temporaryFolder();
  const plan = () => planFor(root(), 'sum.brique.yaml');
  const training = (how: string) =>
    writeFileSync(
      join(root(), 'sum.brique.yaml'),
      FILES['sum.brique.yaml']!.replace('in: sides.left }', `in: sides.left, ${how} }`),
    );
  beforeEach(() => write(root()));

  it('stays to the bit in a part that others share, statistics included, below the layers that learn', async () => {
    const before = towerOf((await runHere(executor(), root(), { plan: plan() })).folder);
    training("weights: 'run:sum', train: { last: 1 }");
    const { folder, state } = await runHere(executor(), root(), { plan: plan() });
    assert.equal(state.failure, undefined);
    const after = towerOf(folder);
    for (const [name, { data }] of before) {
      const now = after.get(name)!.data;
      if (name.startsWith('y/')) assert.notDeepEqual(now, data, name);
      else assert.deepEqual(now, data, name);
    }
  });

  it('is proven by every weight that no use learns', async () => {
    training('train: { last: 1 }');
    const { step } = compileStep(plan(), { phase: 0 });
    const start = initialState(plan(), step);
    const fingerprints = async (state: Map<string, HostTensor>) => {
      const session = await executor().open(step, state);
      const found = await frozenFingerprints(plan(), phasesOf(plan())[0]!, session);
      session.close();
      return found;
    };
    const before = await fingerprints(start);
    for (const name of start.keys()) {
      if (!name.startsWith('tower/')) continue;
      const moved = new Map(start);
      const { data, ...type } = start.get(name)!;
      moved.set(name, {
        ...type,
        data: data.map((value, at) => (at === 0 ? value + 1e-6 : value)) as Float32Array,
      });
      const after = await fingerprints(moved);
      if (name.startsWith('tower/y/')) proveFrozen(before, after);
      else assert.throws(() => proveFrozen(before, after), /What is frozen of part tower changed/, name);
    }
  });
});

const ENCODED: Record<string, string> = {
  'texts.brique.yaml': `kind: dataset
name: texts
version: 1.0.0
files: { train: texts.jsonl }
columns:
  text: { type: string }
  class: { type: category, values: { no: 0, yes: 1 } }
`,
  'model.brique.yaml': `kind: model
name: encoded
version: 0.1.0
data: { texts: texts@^1 }
parts:
  words: { module: std/text-vectorizer@^1, in: texts.text, params: { vocab: 40, length: 32 } }
  encoder:
    module: std/transformer-encoder@^1
    in: words.tokens
    params: { vocab: 40, length: 32, width: 8, heads: 2, layers: 1, hidden: 8 }
    train: frozen
  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }
tasks:
  class: { output: head.logits, target: texts.class, loss: cross_entropy }
train: { epochs: 1, batch: 16, seed: 5 }
`,
};

forEachExecutor('what is kept of a frozen part', (executor) => {
  const folder = temporaryFolder();

  it('is that of each row, also where rows are computed in the order of their lengths', async () => {
    const root = folder();
    for (const [name, text] of Object.entries(ENCODED)) writeFileSync(join(root, name), text);
    const rows = Array.from({ length: 600 }, (_, i) => {
      const words = Array.from({ length: 1 + ((i * 7) % 30) }, (_, at) => `w${(i + at * 3) % 30}`);
      return JSON.stringify({ text: words.join(' '), class: i % 2 });
    });
    writeFileSync(join(root, 'texts.jsonl'), `${rows.join('\n')}\n`);
    const plan = planFor(root, 'model.brique.yaml');
    const { splits } = await prepareData(plan, plan.data[0]!, { root });
    const split = splits.train!;
    const { step } = compileStep(plan, { phase: 0 });
    const session = await executor().open(step, initialState(plan, step));
    try {
      const frozen = step.programs.frozen!;
      const [value] = Object.keys(frozen.outputs) as [string];
      await cacheFrozen(session, 'frozen', frozen, split, new StopSignal());
      for (const row of [0, 1, 257, 599]) {
        const alone = await session.run('frozen', feedOf(frozen, split.tensors, Int32Array.of(row)));
        allClose(gatherTensor(split.tensors[value]!, [row]), alone[value]!, 1e-5);
      }
    } finally {
      session.close();
    }
  });
});
