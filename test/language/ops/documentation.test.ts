import assert from 'node:assert/strict';
import { allOps } from '../../../language/ops/catalogue';
import type { OpCategory } from '../../../language/ops/op';
import { Workspace } from '../../../language/workspace';
import { brickOf, docExample } from './doc-example';

const categories: OpCategory[] = [
  'layer',
  'position',
  'convolution',
  'attention',
  'recurrent',
  'pooling',
  'normalisation',
  'activation',
  'arithmetic',
  'comparison',
  'similarity',
  'reduction',
  'shape',
  'prepare',
];

describe('the documentation of ops', () => {
  it('covers a catalogue in categories, each of which has ops', () => {
    const used = new Set(allOps().map((op) => op.category));
    assert.deepEqual([...used].sort(), [...categories].sort());
    for (const op of allOps()) assert.equal(op.category === 'prepare', op.stage === 'prepare', op.name);
  });

  for (const op of allOps().filter((each) => each.stage === 'graph')) {
    it(`${op.name}: its example is a brick without a finding, and gives the types that it says`, () => {
      const example = docExample(op);
      assert.ok(example, 'has an example with types');
      assert.match(op.doc, /\nFLOPs: \S/);
      const workspace = new Workspace();
      const text = brickOf(example);
      workspace.setFile('/example.brique.yaml', text);
      const findings = workspace
        .check('/example.brique.yaml')
        .filter(({ rule }) => rule !== 'card-missing' && rule !== 'module-untested');
      assert.deepEqual(
        findings.map(({ rule, message }) => `${rule}: ${message}`),
        [],
        text,
      );
      const inference = workspace.analysis('/example.brique.yaml')?.inference;
      const step = inference?.graph.steps.get(example.step);
      assert.ok(step);
      assert.ok(step.flops, 'says what it costs');
      assert.deepEqual([...step.outputs.keys()], Object.keys(example.outputs));
      const roles = step.weights.map(({ role }) => role);
      if (/\bWeights: /.test(op.doc)) {
        for (const role of roles) assert.ok(op.doc.includes(`\`${role}\``) || role.endsWith('_bias'), role);
        assert.ok(roles.length > 0);
      } else assert.deepEqual(roles, []);
    });
  }
});
