import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlatModel } from '../../language/inference/flatten';
import type { OpTest } from '../../language/inference/ops-in';
import { Workspace } from '../../language/workspace';
import { fixtures, workspaceOf } from '../../scripts/rule-fixtures';
import { libraryFiles } from './library';
import { encoder, model, points } from './scene';

const examples = join(__dirname, '../../examples');

function workspaceWith(texts: [string, string][]): Workspace {
  const workspace = new Workspace();
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  for (const [file, text] of texts) workspace.setFile(file, text);
  return workspace;
}

function opened(workspace: Workspace, files: Iterable<string>): FlatModel[] {
  return [...files].flatMap((file) => workspace.analysis(file)?.flat() ?? []);
}

/** Every composition of the examples and of the fixtures of rules, right or wrong. */
function everyComposition(): FlatModel[] {
  const names = readdirSync(examples, { recursive: true, encoding: 'utf8' });
  const texts = names
    .filter((name) => name.endsWith('.brique.yaml'))
    .map((name): [string, string] => [name, readFileSync(join(examples, name), 'utf8')]);
  const mended = fixtures().map((each) => ({ ...each, texts: new Map([...each.texts, ...each.good]) }));
  return [
    ...opened(
      workspaceWith(texts),
      texts.map(([file]) => file),
    ),
    ...opened(workspaceWith(Object.entries({ points, encoder, layer, stack, deep })), ['deep']),
    ...[...fixtures(), ...mended].flatMap((each) => opened(workspaceOf(each.texts, each), each.texts.keys())),
  ];
}

const layer = `kind: module
name: layer
version: 1.0.0
inputs: { x: 'float32[batch, 16]' }
outputs: { y: 'float32[batch, 16]' }
graph:
  wide: { op: dense, in: x, units: 32 }
  narrow: { op: dense, in: wide, units: 16 }
  y: { op: add, in: [x, narrow] }
`;
const stack = `kind: module
name: stack
version: 1.0.0
inputs: { x: 'float32[batch, 16]' }
outputs: { y: 'float32[batch, 16]' }
graph:
  layers: { module: layer@^1, in: x, repeat: 3 }
  y: { op: relu, in: layers }
`;
const deep = model((text) =>
  text
    .replace('  head:', '  stack: { module: stack@^1, in: encoder.features }\n  head:')
    .replace('in: encoder.features, params', 'in: stack.y, params'),
);

const questions: Record<string, OpTest> = {
  everything: () => true,
  nothing: () => false,
  'what learns': ({ weights }) => weights.length > 0,
  'what prepares data': ({ op }) => op.stage === 'prepare',
};

describe('opened bricks', () => {
  const all = everyComposition();

  it('are of many kinds here: shared, plugged in, repeated', () => {
    const parts = all.flatMap((flat) => flat.parts);
    assert.ok(parts.some(({ name, owner }) => name !== owner));
    assert.ok(parts.some(({ plug }) => plug !== undefined));
    assert.ok(all.some(({ nodes }) => nodes.some(({ id }) => /\.1\//.test(id))));
  });

  for (const [what, test] of Object.entries(questions)) {
    it(`answer as a look at every op would: ${what}`, () => {
      for (const flat of all) {
        const wanted = flat.nodes.filter((node) => test(node, flat.parts[0]!.brick));
        const ids = wanted.map(({ id }) => id);
        assert.deepEqual(
          flat
            .where(test)
            .map(({ id }) => id)
            .sort(),
          ids.toSorted(),
        );
        for (const { name } of flat.parts) {
          const own = wanted.filter(({ part }) => part === name).map(({ id }) => id);
          assert.deepEqual(
            flat.ops(name, test).map((way) => `${name}/${way}`),
            own,
          );
        }
      }
    });
  }

  it('know what makes each value', () => {
    for (const flat of all) {
      for (const node of flat.nodes) {
        for (const [port, type] of node.outputs)
          assert.deepEqual(flat.maker({ id: `${node.id}.${port}`, type }), node);
        for (const value of Object.values(node.inputs).flat())
          assert.equal(flat.maker(value) === undefined, !value.id.includes('/'), value.id);
      }
    }
  });

  it('are the same object wherever they stand', () => {
    const twice = model((text) =>
      text.replace('  head:', '  other: { module: encoder@^1.2, in: words.tokens }\n  head:'),
    );
    const workspace = workspaceWith(Object.entries({ points, encoder, twice, again: model() }));
    const bricks = ['twice', 'again'].flatMap((file) =>
      workspace
        .analysis(file)!
        .flat()!
        .parts.filter(({ module }) => module.name?.value === 'encoder')
        .map(({ brick }) => brick),
    );
    assert.equal(bricks.length, 3);
    assert.equal(new Set(bricks).size, 1);
  });

  it('are opened anew when a brick inside of them is another', () => {
    const inner = (units: number) => `kind: module
name: inner
version: 1.0.0
inputs: { x: 'float32[batch, 16]' }
outputs: { y: 'float32[batch, 16]' }
graph:
  wide: { op: dense, in: x, units: ${units} }
  y: { op: dense, in: wide, units: 16 }
`;
    const outer = inner(16)
      .replace('name: inner', 'name: outer')
      .replace('op: dense, in: x, units: 16', 'module: inner@^1, in: x');
    const demo = model((text) =>
      text
        .replace('  head:', '  outer: { module: outer@^1, in: encoder.features }\n  head:')
        .replace('in: encoder.features, params', 'in: outer.y, params'),
    );
    const workspace = workspaceWith(Object.entries({ points, encoder, inner: inner(8), outer, demo }));
    const widthOf = () => {
      const nodes = workspace.analysis('demo')!.flat()!.nodes;
      return nodes
        .find(({ id }) => id === 'outer/wide/wide')!
        .weights[0]!.dims.map(({ constant }) => constant);
    };
    assert.deepEqual(widthOf(), [16, 8]);
    workspace.setFile('inner', inner(32));
    assert.deepEqual(widthOf(), [16, 32]);
    workspace.setFile('inner', inner(8));
    assert.deepEqual(widthOf(), [16, 8]);
  });
});
