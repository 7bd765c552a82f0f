import assert from 'node:assert/strict';
import { suppressionsIn } from '../../language/rules/suppressions';
import { Workspace } from '../../language/workspace';

const HEAD = `kind: module
name: many
version: 1.0.0
inputs:
  x: float32[batch, 3]
outputs:
  y: float32[batch, 3]
graph:
`;

function checked(text: string) {
  const workspace = new Workspace();
  workspace.setFile('many.brique.yaml', text);
  const start = performance.now();
  const found = workspace.check('many.brique.yaml');
  return { found, ms: performance.now() - start };
}

describe('comments that silence', () => {
  it('speak of their own line, or alone of the next line that says something', () => {
    const text = `a: 1 # brique-ignore one, two: both  \n# brique-ignore three\n\n# more\nb: 2\n# brique-ignore four: last`;
    assert.deepEqual(
      suppressionsIn(text).map(({ rule, line, reason }) => [rule, line, reason]),
      [
        ['one', 0, 'both'],
        ['two', 0, 'both'],
        ['three', 4, ''],
        ['four', 5, 'last'],
      ],
    );
  });

  it('cost no more each where there are thousands', () => {
    const lines = (count: number) => '  # brique-ignore unused-step: not yet\n'.repeat(count);
    const text = `${HEAD}  y: { op: relu, in: x }\n${lines(20_000)}  z: { op: relu, in: x }\n`;
    const { found, ms } = checked(text);
    assert.deepEqual(
      new Set(found.map(({ rule }) => rule)),
      new Set(['unused-suppression', 'module-untested', 'card-missing']),
    );
    assert.ok(ms < 2_000, `${ms.toFixed(0)} ms for 20,000 comments`);
  });

  it('cost no more each where each silences something', () => {
    const steps = Array.from(
      { length: 2_000 },
      (_, i) => `  z${i}: { op: relu, in: x } # brique-ignore unused-step: later\n`,
    );
    const { found, ms } = checked(`${HEAD}  y: { op: relu, in: x }\n${steps.join('')}`);
    assert.deepEqual(
      found.filter(({ rule }) => /unused/.test(rule)),
      [],
    );
    assert.ok(ms < 4_000, `${ms.toFixed(0)} ms for 2,000 comments`);
  });
});
