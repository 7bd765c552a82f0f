import assert from 'node:assert/strict';
import { Workspace } from '../../../language/workspace';
import { libraryFiles } from '../library';
import { encoder, model, points } from '../scene';

const adapter = (name: string) => `kind: module
name: ${name}
version: 1.0.0
params:
  width: { type: int }
  inner: { type: int, default: 4 }
inputs:
  x: float32[batch, width]
outputs:
  y: float32[batch, width]
graph:
  down: { op: dense, in: x, units: $inner }
  y: { op: dense, in: down, units: $width }
`;

const open = encoder.replace(
  'graph:',
  `extension_points:
  end: { at: features, type: "float32[batch, hidden]" }
graph:`,
);

function planOf(more: string, change = (text: string) => text) {
  const workspace = new Workspace();
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  const texts = { points, encoder: open, first: adapter('first'), second: adapter('second') };
  for (const [file, text] of Object.entries({ ...texts, demo: change(model()) + more }))
    workspace.setFile(file, text);
  const { plan, findings } = workspace.plan('demo');
  assert.ok(plan, findings.map(({ message }) => message).join('\n'));
  return plan;
}

describe('a plan', () => {
  it('has several bricks at one extension point in order, each with its settings', () => {
    const plan = planOf(`plug:
  encoder.end:
    - first@^1
    - { module: second@^1, params: { inner: 6 }, train: frozen, learning_rate: 0.1 }
`);
    const plugged = plan.parts.filter(({ name }) => name.startsWith('encoder.'));
    assert.deepEqual(
      plugged.map(({ name, module, train, learning_rate }) => [name, module, train, learning_rate]),
      [
        ['encoder.end.0', 'first', [{ mode: 'full' }], undefined],
        ['encoder.end.1', 'second', [{ mode: 'frozen' }], 0.1],
      ],
    );
    const nodes = plan.graph.filter(({ part }) => part.startsWith('encoder.end'));
    assert.deepEqual(
      nodes.map(({ id, weights }) => [id, weights[0]!.shape]),
      [
        ['encoder.end.0/down', [16, 4]],
        ['encoder.end.0/y', [4, 16]],
        ['encoder.end.1/down', [16, 6]],
        ['encoder.end.1/y', [6, 16]],
      ],
    );
    assert.deepEqual(nodes[0]!.inputs, { in: 'encoder/features.out' });
    assert.deepEqual(nodes[2]!.inputs, { in: 'encoder.end.0/y.out' });
    const head = plan.graph.find(
      ({ part, inputs }) => part === 'head' && JSON.stringify(inputs).includes('end'),
    );
    assert.ok(JSON.stringify(head?.inputs).includes('encoder.end.1/y.out'), 'what follows takes the last');
  });

  it('says how long each phase of a part lasts, whatever the order of its keys', () => {
    const phases = '[{ frozen: 1 }, { last: 1, epochs: 2 }, { epochs: 3, last: 1 }, full]';
    const plan = planOf('', (text) =>
      text
        .replace('in: words.tokens }', `in: words.tokens, train: ${phases} }`)
        .replace('train: { epochs: 2 }', 'train: { epochs: 9 }'),
    );
    assert.deepEqual(plan.parts.find(({ name }) => name === 'encoder')!.train, [
      { mode: 'frozen', epochs: 1 },
      { mode: 'last', count: 1, epochs: 2 },
      { mode: 'last', count: 1, epochs: 3 },
      { mode: 'full' },
    ]);
  });

  it('has requirements and hooks as they are written', () => {
    const plan = planOf(`evaluate:
  require: { answer.accuracy: ">= +7.5e-1" }
hooks:
  - { on: run_end, run: [node, "a b.mjs"] }
`);
    assert.deepEqual(
      plan.evaluate.require.map(({ metric, comparison, value }) => [metric, comparison, value]),
      [['answer.accuracy', '>=', 0.75]],
    );
    assert.deepEqual(
      plan.hooks?.map(({ on, run }) => [on, run]),
      [['run_end', ['node', 'a b.mjs']]],
    );
  });
});
