import assert from 'node:assert/strict';
import type { PlanWeights } from '../../../language/plan/format';
import { Workspace } from '../../../language/workspace';
import { PublishedTexts, REGISTRY } from '../../../scripts/published-texts';
import { libraryFiles } from '../library';
import { texts } from '../scene';

const table = (version: string, more = '') => `kind: module
name: table
version: ${version}
params: { size: { type: int, default: 100 } }
inputs: { ids: 'int32[batch, seq]' }
outputs: { features: 'float32[batch, 8]' }
graph:
  rows: { op: embedding, in: ids, size: $size, dim: 8 }
  features: { op: global_avg_pool, in: rows }
${more}`;

const MODEL = `kind: model
name: model
version: 0.1.0
data: { texts: texts@^1 }
parts:
  words: { module: std/text-vectorizer@^1, in: texts.text, params: { vocab: 100, length: 6 }, weights: pretrained }
  table: { module: table@^1, in: words.tokens, weights: pretrained, train: frozen }
  head: { module: std/classifier@^1, in: table.features, params: { classes: 3 } }
tasks:
  kind: { output: head.logits, target: texts.class, loss: cross_entropy, metrics: [accuracy] }
`;

const SHIPPED = 'weights: table.safetensors\n';

/** `there`: files beside manifests; `published`: what the registry has, files of weights included. */
function workspace(files: Record<string, string>, published: string[], there: string[] = []) {
  const made = new Workspace({
    published: new PublishedTexts(() => published),
    dataFile: (_, path) => (there.includes(path) || path.startsWith(`${REGISTRY}/`) ? 'found' : 'missing'),
  });
  for (const { file, text } of libraryFiles()) made.setFile(file, text, 'library');
  for (const [name, text] of Object.entries(files)) made.setFile(`/w/${name}.brique.yaml`, text);
  return made;
}

function weights(...args: Parameters<typeof workspace>): (PlanWeights | undefined)[] {
  const [files, published, there = []] = args;
  const { plan, findings } = workspace({ texts, model: MODEL, ...files }, published, [
    'texts.json',
    ...there,
  ]).plan('/w/model.brique.yaml');
  assert.ok(plan, findings.map(({ message }) => message).join('\n'));
  return ['words', 'table'].map((name) => plan.parts.find((part) => part.name === name)?.weights);
}

describe('pretrained weights in a plan', () => {
  const released = table('1.2.0', `${SHIPPED}x-weights: ab12\n`);

  it('are those of the published version, for the brick and for what makes its ids', () => {
    const [words, own] = weights({}, [released]);
    assert.ok(own?.from === 'file' && words?.from === 'file');
    assert.match(own.file, /table\/1\.2\.0\/table\.safetensors$/);
    const { name, version, weights: sha256 } = own.published!;
    assert.deepEqual([name, version, sha256, own.input], ['table', '1.2.0', 'ab12', undefined]);
    assert.deepEqual(words, { ...own, input: 'ids' });
  });

  it('of a source are beside it, else those of its very version, else nowhere yet', () => {
    const source = { table: table('1.2.0', SHIPPED) };
    const file = '/w/table.safetensors';
    assert.deepEqual(weights(source, [released], ['table.safetensors']), [
      { from: 'file', file, input: 'ids' },
      { from: 'file', file },
    ]);
    const [, published] = weights(source, [released]);
    assert.ok(published?.from === 'file' && published.published?.version === '1.2.0');
    const [words, next] = weights({ table: table('1.3.0', SHIPPED) }, [released]);
    assert.deepEqual(next, { from: 'unpublished', brick: 'table@1.3.0' });
    assert.deepEqual(words, next);
  });

  it('of a source that names none are those it was published with', () => {
    const [, own] = weights({ table: table('1.2.0') }, [released]);
    assert.ok(own?.from === 'file' && own.published?.weights === 'ab12');
    const none = workspace({ texts, model: MODEL, table: table('1.3.0') }, [released], ['texts.json']);
    const { plan, findings } = none.plan('/w/model.brique.yaml');
    assert.equal(plan, undefined);
    assert.ok(findings.some(({ rule, severity }) => rule === 'weights-missing' && severity === 'error'));
  });

  it('are tried by tests in the sizes that the brick has by itself', () => {
    const tests = `tests:
  - name: as it is
    given: { ids: 'zeros[2, 4]' }
    expect: { features: 'float32[2, 8]' }
  - name: smaller
    params: { size: 5 }
    given: { ids: 'zeros[2, 4]' }
    expect: { features: 'float32[2, 8]' }
`;
    const tried = (there: string[]) =>
      workspace({ table: table('1.2.0', SHIPPED + tests) }, [], there)
        .tests('/w/table.brique.yaml')
        .map(({ test }) => test?.plan.parts[0]?.weights.from);
    assert.deepEqual(tried(['table.safetensors']), ['file', 'fresh']);
    assert.deepEqual(tried([]), ['fresh', 'fresh']);
  });
});
