import assert from 'node:assert/strict';
import { Workspace } from '../../language/workspace';
import { libraryFiles } from './library';
import { encoder, model, points } from './scene';

function said(texts: Record<string, string>, file: string): string[] {
  const workspace = new Workspace();
  for (const { file: path, text } of libraryFiles()) workspace.setFile(path, text, 'library');
  for (const [path, text] of Object.entries(texts)) workspace.setFile(path, text);
  return workspace.check(file).map(({ rule, message }) => `${rule}: ${message}`);
}

const layer = `kind: module
name: layer
version: 1.0.0
inputs: { x: 'float32[batch, 16]' }
outputs: { y: 'float32[batch, 16]' }
graph:
  y: { op: dense, in: x, units: 16 }
`;
const stack = `kind: module
name: stack
version: 1.0.0
inputs: { x: 'float32[batch, 16]' }
outputs: { y: 'float32[batch, 16]' }
graph:
  y: { module: layer@^1, in: x, repeat: 1000000 }
`;

describe('what would never end', () => {
  it('is a composition of more steps than anybody trains, said once', () => {
    const deep = model((text) =>
      text
        .replace('  head:', '  stack: { module: stack@^1, in: encoder.features }\n  head:')
        .replace('in: encoder.features, params', 'in: stack.y, params'),
    );
    assert.deepEqual(said({ points, encoder, layer, stack, deep }, 'deep'), [
      'inside-brick: `stack` opens to more than 10000 steps with what comes before it',
    ]);
  });

  it('is a brick of bricks of bricks, repeated at each level', () => {
    const names = Array.from({ length: 40 }, (_, i) => `level-${i}`);
    const texts = names.map((name, i) => {
      const next = i === 39 ? 'op: relu, in: x' : `module: level-${i + 1}@^1, in: x, repeat: 1000`;
      return [
        name,
        layer.replace('name: layer', `name: ${name}`).replace('op: dense, in: x, units: 16', next),
      ];
    });
    const deep = model((text) =>
      text
        .replace('  head:', '  stack: { module: level-0@^1, in: encoder.features }\n  head:')
        .replace('in: encoder.features, params', 'in: stack.y, params'),
    );
    const found = said({ points, encoder, deep, ...Object.fromEntries(texts) }, 'deep');
    assert.deepEqual(found.length, 1, found.join('\n'));
  });

  it('is a brick with more conditions than are looked at', () => {
    const conditions = Array.from({ length: 300 }, (_, i) => `batch % ${i + 2} == 0`);
    assert.deepEqual(
      said({ layer: `${layer}where: [${conditions.join(', ')}]\n` }, 'layer').filter((each) =>
        each.includes('where'),
      ),
      ['wrong-value: `where` takes at most 64 items'],
    );
  });

  it('is a text of thousands of broken lines, of which the first are told, and that there are more', () => {
    const broken = Array.from({ length: 3000 }, (_, i) => `  n${i}: { op: relu, in: [x }\n`).join('');
    const found = said({ broken: `${layer}${broken}` }, 'broken');
    assert.ok(found.length < 12, `${found.length}`);
    assert.ok(found.some((each) => each.includes('More than 512 places cannot be read')));
  });

  it('is a broken line that is longer than anybody writes', () => {
    const found = said({ broken: `${layer}  z: ${'{ a: [1 } '.repeat(9000)}` }, 'broken');
    assert.equal(found.length, 1, found.join('\n'));
  });
});
