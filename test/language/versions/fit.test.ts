import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Plan } from '../../../language/plan/format';
import { fitOf } from '../../../language/versions/fit';
import { Workspace } from '../../../language/workspace';
import { findSources, libraryFolder } from '../../../registry/sources';
import { texts } from '../scene';

const BRICK = `kind: module
name: encoder
version: 1.0.0
params:
  vocab: { type: int, default: 60 }
  hidden: { type: int, default: 8 }
  layers: { type: int }
  rate: { type: float, default: 0.1 }
inputs:
  tokens: int32[batch, seq]
outputs:
  features: float32[batch, hidden]
graph:
  embedded: { op: embedding, in: tokens, size: $vocab, dim: $hidden }
  thinned: { op: dropout, in: embedded, rate: $rate }
  deep: { module: layer, repeat: $layers, in: thinned, params: { width: $hidden } }
  features: { op: global_avg_pool, in: deep }
extension_points:
  after: { at: thinned }
`;
const LAYER = `kind: module
name: layer
version: 1.0.0
params: { width: { type: int } }
inputs: { x: 'float32[batch, seq, width]' }
outputs: { y: 'float32[batch, seq, width]' }
graph:
  y: { op: dense, in: x, units: $width }
`;
const HEAD = `kind: module
name: head
version: 1.0.0
params: { classes: { type: int } }
inputs: { features: 'float32[batch, width]' }
outputs: { logits: 'float32[batch, classes]' }
graph:
  logits: { op: dense, in: features, units: $classes }
`;
const MODEL = `kind: model
name: model
version: 0.1.0
data: { texts: texts@^1 }
parts:
  words: { module: std/text-vectorizer@^1, in: texts.text, params: { vocab: 60, length: 6 } }
  encoder: { module: encoder, in: words.tokens, params: { layers: 2 } }
  head: { module: head, in: encoder.features, params: { classes: 3 } }
tasks:
  kind: { output: head.logits, target: texts.class, loss: cross_entropy, metrics: [accuracy] }
`;

const library = findSources(libraryFolder()).map((file): [string, string] => [
  file,
  readFileSync(file, 'utf8'),
]);

function workspace(texts: Record<string, string>): Workspace {
  const made = new Workspace();
  for (const [file, text] of library) made.setFile(file, text, 'library');
  for (const [file, text] of Object.entries(texts)) made.setFile(`/w/${file}.brique.yaml`, text);
  return made;
}

function planOf(texts: Record<string, string>): Plan {
  const { plan, findings } = workspace(texts).plan('/w/model.brique.yaml');
  assert.ok(plan, findings.map(({ message }) => message).join('\n'));
  return plan;
}

const files = { encoder: BRICK, layer: LAYER, head: HEAD, texts, model: MODEL };

/** What is said of a brick as it is now, for a run of the composition as it was. */
function fitting(now: Partial<typeof files>, was: Partial<typeof files> = {}, part = 'encoder') {
  const plan = planOf({ ...files, ...was });
  const present = workspace({ ...files, ...now });
  const file = `/w/${part}.brique.yaml`;
  const module = present.source(file)?.declaration;
  assert.ok(module?.kind === 'module');
  const nodes = [...plan.prepare, ...plan.graph].filter((node) => node.part === part);
  return fitOf(module, { name: part, nodes }, (reference) => present.names(file).find('module', reference));
}

const problems = (...args: Parameters<typeof fitting>) =>
  fitting(...args).problems.map(({ message }) => message);

describe('whether weights are those of a brick', () => {
  it('knows the brick that was trained, with params that have no default', () => {
    assert.deepEqual(fitting({}), {
      problems: [],
      notes: [],
      fed: new Map([['tokens', 'words/tokens.out']]),
    });
    assert.deepEqual(problems({}, {}, 'head'), []);
  });

  it('takes another text for the same, where it computes the same', () => {
    const other = BRICK.replace('version: 1.0.0', 'version: 1.1.0\nsummary: Words as one vector.');
    assert.deepEqual(fitting({ encoder: other }).problems, []);
  });

  it('says by which default the weights would fit', () => {
    const { problems: found } = fitting({ encoder: BRICK.replace('default: 60', 'default: 4000') });
    assert.deepEqual(
      found.map(({ message }) => message),
      ["`embedded.table` is [4000, 8] by the brick's defaults, and [60, 8] in the run"],
    );
    assert.match(found[0]!.help ?? '', /trained with `vocab: 60`/);
  });

  it('finds other nodes, other ops and other wires', () => {
    const pooled = BRICK.replace('global_avg_pool', 'global_max_pool');
    assert.deepEqual(problems({ encoder: pooled }), [
      '`features` is `global_max_pool`, and was `global_avg_pool` in the run',
    ]);
    const skipping = BRICK.replace('in: deep', 'in: thinned');
    assert.deepEqual(problems({ encoder: skipping }), [
      '`in` of `features` is fed by something else than in the run',
    ]);
    const renamed = BRICK.replaceAll('embedded', 'table');
    assert.match(
      problems({ encoder: renamed }).join('\n'),
      /the run has no `table`[\s\S]*the run trained `embedded`/,
    );
    const split = LAYER.replace(
      'in: x, units: $width }',
      'in: wide, units: $width }\n  wide: { op: dense, in: x, units: 4 }',
    );
    assert.deepEqual(problems({ layer: split }).sort(), [
      "`deep.0/y.kernel` is [4, 8] by the brick's defaults, and [8, 8] in the run",
      "`deep.1/y.kernel` is [4, 8] by the brick's defaults, and [8, 8] in the run",
      '`in` of `deep.0/y` is fed by something else than in the run',
      '`in` of `deep.1/y` is fed by something else than in the run',
      'the run has no `deep.0/wide`, which the brick has',
      'the run has no `deep.1/wide`, which the brick has',
    ]);
  });

  it('wants sizes that are open to be the same everywhere', () => {
    const twice = HEAD.replace(
      'logits: { op: dense, in: features, units: $classes }',
      'one: { op: dense, in: features, units: $classes }\n  two: { op: dense, in: features, units: $classes }\n  logits: { op: add, in: [one, two] }',
    );
    assert.deepEqual(problems({ head: twice }, { head: twice }, 'head'), []);
    const plan = planOf({ ...files, head: twice });
    const nodes = plan.graph.filter(({ part }) => part === 'head');
    const kernel = nodes.find(({ id }) => id === 'head/two')!.weights[0]!;
    kernel.shape = [9, 3];
    const present = workspace({ ...files, head: twice });
    const module = present.source('/w/head.brique.yaml')?.declaration;
    assert.ok(module?.kind === 'module');
    const { problems: found } = fitOf(module, { name: 'head', nodes }, () => ({ status: 'unknown' }));
    assert.match(
      found[0]!.message,
      /`two\.kernel` is \[.*\] by the brick's defaults, and \[9, 3\] in the run/,
    );
  });

  it('notes what was set otherwise, and what was plugged in', () => {
    const rate = fitting({}, { model: MODEL.replace('layers: 2 }', 'layers: 2, rate: 0.4 }') });
    assert.deepEqual(rate.problems, []);
    assert.deepEqual(rate.notes, [
      "`rate` of `thinned` is `0.1` by the brick's defaults, and was `0.4` in the run",
    ]);
    const plugged = `${MODEL}plug: { encoder.after: layer }\n`;
    const { problems: none, notes } = fitting({}, { model: plugged });
    assert.deepEqual(none, []);
    assert.deepEqual(notes, [
      '`encoder.after` was plugged in while it was trained, and is not part of the brick',
    ]);
  });
});
