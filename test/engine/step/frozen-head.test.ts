import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileStep } from '../../../engine/step/compile';
import type { Program } from '../../../engine/step/program';
import { loadWorkspace } from '../../../registry/sources';
import { temporaryFolder } from '../data/fixture';

const FILES: Record<string, string> = {
  'rows.json': '[]',
  'rows.brique.yaml': `kind: dataset
name: rows
version: 1.0.0
files: { all: rows.json }
columns:
  tokens: { type: tensor, of: "int32[24]" }
  states: { type: tensor, of: "float32[24, 32]" }
  pooled: { type: tensor, of: "float32[32]" }
  class: { type: category, values: [a, b] }
  kind: { type: category, values: [c, d, e] }
splits: { train: 0.8, test: 0.2 }
`,
  'encoder.brique.yaml': `kind: module
name: encoder
version: 1.0.0
inputs:
  tokens: int32[batch, seq]
outputs:
  states: float32[batch, seq, 32]
  pooled: float32[batch, 32]
graph:
  embedded: { op: embedding, in: tokens, size: 100, dim: 32 }
  normed: { op: batch_norm, in: embedded }
  thinned: { op: dropout, in: normed, rate: 0.2 }
  states: { op: lstm, in: thinned, units: 32, return_sequences: true }
  pooled: { op: global_avg_pool, in: states }
`,
  'sequence-head.brique.yaml': `kind: module
name: sequence-head
version: 1.0.0
inputs:
  states: float32[batch, seq, 32]
outputs:
  logits: float32[batch, 2]
graph:
  attended: { op: attention, in: states, heads: 2 }
  dropped: { op: dropout, in: attended, rate: 0.1 }
  pooled: { op: global_max_pool, in: dropped }
  logits: { op: dense, in: pooled, units: 2 }
`,
};

const model = (name: string, encoder: string, states: string, pooled: string) => `kind: model
name: ${name}
version: 1.0.0
data: { rows: rows@^1 }
parts:
${encoder}  sequence: { module: sequence-head@^1, in: ${states} }
  one: { module: std/classifier@^1, in: ${pooled}, params: { classes: 3 } }
tasks:
  class: { output: sequence.logits, target: rows.class, loss: cross_entropy, metrics: [accuracy] }
  kind: { output: one.logits, target: rows.kind, loss: cross_entropy }
train: { batch: 32 }
`;

describe('heads on a frozen encoder', () => {
  const root = temporaryFolder();

  /** A program without the names of values, and without where its random numbers come from. */
  function shapeOf({ inputs, instructions, updates }: Program) {
    return {
      inputs: Object.values(inputs),
      instructions: instructions.map((instruction) => {
        const { from: _, ...rest } = instruction;
        return 'name' in rest ? { ...rest, name: '' } : 'stream' in rest ? { ...rest, stream: 0 } : rest;
      }),
      updates: updates.map((update) => ({ ...update, state: '', m: '', v: '' })),
    };
  }

  it('train and evaluate as they do alone on stored features, instruction by instruction', () => {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(root(), name), text);
    const encoder = '  encoder: { module: encoder@^1, in: rows.tokens, train: frozen }\n';
    writeFileSync(
      join(root(), 'frozen.brique.yaml'),
      model('frozen', encoder, 'encoder.states', 'encoder.pooled'),
    );
    writeFileSync(join(root(), 'stored.brique.yaml'), model('stored', '', 'rows.states', 'rows.pooled'));
    const { workspace } = loadWorkspace([root()]);
    const [frozen, stored] = ['frozen', 'stored'].map((name) => {
      const { plan, findings } = workspace.plan(join(root(), `${name}.brique.yaml`));
      assert.ok(plan, findings.map(({ message }) => message).join('\n'));
      return compileStep(plan, { phase: 0 }).step.programs;
    });
    assert.deepEqual(Object.keys(frozen!.frozen!.outputs).sort(), [
      'encoder/pooled.out',
      'encoder/states.out',
    ]);
    for (const name of ['train', 'evaluate'] as const)
      assert.deepEqual(shapeOf(frozen![name]!), shapeOf(stored![name]!));
  });
});
