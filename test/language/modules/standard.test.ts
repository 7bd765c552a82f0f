import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countOf, withDefaults } from '../../../language/answers/count';
import { Workspace } from '../../../language/workspace';

const folder = join(__dirname, '../../../modules');
const files = readdirSync(folder).filter((name) => name.endsWith('.brique.yaml'));

describe('the standard bricks', () => {
  const workspace = new Workspace();
  for (const file of files) workspace.setFile(file, readFileSync(join(folder, file), 'utf8'));

  for (const file of files) {
    it(`${file} has no findings, not even hints`, () => {
      assert.deepEqual(
        workspace.check(file).map(({ rule, message }) => `${rule}: ${message}`),
        [],
      );
    });

    it(`${file} is named like its file, documented and tested`, () => {
      const { declaration } = workspace.source(file)!;
      assert.equal(declaration?.kind, 'module');
      if (declaration?.kind !== 'module') return;
      assert.equal(`${declaration.name?.value}.brique.yaml`, `std/${file}`);
      assert.ok(declaration.summary?.endsWith('.'));
      for (const param of declaration.params.values()) assert.ok(param.doc, `${param.name} is documented`);
      assert.ok(declaration.tests.length > 0 && declaration.hasCard);
    });
  }
});

describe('the standard bricks, in numbers', () => {
  const workspace = new Workspace();
  for (const file of files) workspace.setFile(file, readFileSync(join(folder, file), 'utf8'), 'library');

  /** With the defaults, by the count that the editor shows. */
  function parameters(file: string): number | undefined {
    const analysis = workspace.analysis(file)!;
    const module = analysis.declaration;
    assert.equal(module?.kind, 'module');
    return module?.kind === 'module'
      ? withDefaults(countOf(analysis, module).parameters, module)?.constant
      : undefined;
  }

  it('are at least 28, with tests of several shapes', () => {
    assert.ok(files.length >= 28, `${files.length}`);
    for (const file of files) {
      const tests = workspace.tests(file);
      const shapes = new Set(tests.map(({ test }) => JSON.stringify(test?.expect.map(({ type }) => type))));
      assert.ok(tests.length >= 2 && shapes.size >= 2, `${file} is tested with ${shapes.size} shape(s)`);
    }
  });

  // bert-base-uncased with its pooler, and the smallest GPT-2, as their checkpoints hold them.
  it('have as many parameters as BERT and GPT-2 have', () => {
    assert.equal(parameters('bert.brique.yaml'), 109_482_240);
    assert.equal(parameters('gpt2.brique.yaml'), 124_439_808);
  });

  it('name the tensors of BERT and GPT-2 as their cards say', () => {
    const names = (file: string) =>
      workspace.tests(file)[0]!.test!.plan.graph.flatMap((node) => node.weights.map(({ name }) => name));
    const layer = (prefix: string, nodes: Record<string, string[]>) =>
      Object.entries(nodes).flatMap(([node, roles]) => roles.map((role) => `${prefix}/${node}/${role}`));
    const attention = ['query', 'key', 'value', 'output'].flatMap((side) => [
      `${side}_kernel`,
      `${side}_bias`,
    ]);
    const [dense, norm] = [
      ['kernel', 'bias'],
      ['gamma', 'beta'],
    ] as const;
    const bert = {
      attention,
      attention_norm: [...norm],
      intermediate: [...dense],
      output: [...dense],
      output_norm: [...norm],
    };
    const gpt = { ln_1: [...norm], attn: attention, ln_2: [...norm], c_fc: [...dense], c_proj: [...dense] };
    assert.deepEqual(
      new Set(names('bert.brique.yaml')),
      new Set([
        'word_embeddings/table',
        'token_type_embeddings/table',
        'position_embeddings/table',
        ...norm.map((role) => `embeddings_norm/${role}`),
        ...['layer.0', 'layer.1'].flatMap((prefix) => layer(prefix, bert)),
        ...dense.map((role) => `pooler/${role}`),
      ]),
    );
    const gpt2 = names('gpt2.brique.yaml');
    assert.deepEqual(
      new Set(gpt2.filter((name) => !name.startsWith('wte/'))),
      new Set([
        'wpe/table',
        ...['h.0', 'h.1'].flatMap((prefix) => layer(prefix, gpt)),
        ...norm.map((role) => `ln_f/${role}`),
      ]),
    );
    assert.equal(gpt2.filter((name) => name.startsWith('wte/')).length, 1);
  });
});
