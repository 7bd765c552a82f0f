import assert from 'node:assert/strict';
import { PREPARE_OPS } from '../../../engine/data/prepare/catalogue';
import { allOps } from '../../../language/ops/catalogue';
import { Workspace } from '../../../language/workspace';
import { brickOf, docExample } from './doc-example';

const prepared = allOps().filter(({ stage }) => stage === 'prepare');

describe('ops that prepare data', () => {
  for (const op of prepared) {
    it(`${op.name}: its example is a brick without a finding, and gives the types that it says`, () => {
      const example = docExample(op);
      assert.ok(example, 'has an example with types');
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
      const step = workspace.analysis('/example.brique.yaml')?.inference?.graph.steps.get(example.step);
      assert.deepEqual([...(step?.outputs.keys() ?? [])], Object.keys(example.outputs));
    });
  }

  it('are those that the engine has', () => {
    assert.deepEqual(prepared.map(({ name }) => name).sort(), Object.keys(PREPARE_OPS).sort());
  });
});

describe('settings of ops that prepare data', () => {
  const brick = (settings: string) => `kind: module
name: ranges
version: 1.0.0
params:
  buckets: { type: int, min: 2 }
  filler: { type: string }
inputs:
  x: float32[batch]
  word: string[batch]
outputs:
  out: int32[batch]
graph:
  known: { op: fill_missing, in: word, with: constant, text: $filler }
  id: { op: hash_bucket, in: known.out, buckets: 9 }
  range: { op: bucketize, in: x, ${settings} }
  out: { op: add, in: [id, range] }
`;
  const errors = (settings: string) => {
    const workspace = new Workspace();
    workspace.setFile('/ranges.brique.yaml', brick(settings));
    return workspace
      .check('/ranges.brique.yaml')
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => message);
  };

  it('that are parameters without a value yet are not said to be missing', () => {
    assert.deepEqual(errors('buckets: $buckets'), []);
  });

  it('that are wrong are said to be so where they are written', () => {
    assert.match(errors('edges: [1, 3, 2]').join(), /must ascend, but 2 follows 3/);
    assert.match(errors('edges: [1, far]').join(), /expected a number, not `far`/);
    assert.match(errors('buckets: $buckets, edges: [1]').join(), /leave one of the two out/);
  });
});
