import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { libraryFiles } from '../library';
import { model, points, scene } from '../scene';

const language = join(__dirname, '../../../language');

describe('standard bricks that findings and fixes name', () => {
  it('are in the library', () => {
    const known = new Set(
      libraryFiles().map(({ text }) => text.match(/^name: (\S+)/m)?.[1]?.replace(/^(?!std\/)/, 'std/')),
    );
    const named = readdirSync(language, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        [...readFileSync(join(language, name), 'utf8').matchAll(/std\/[a-z][a-z0-9-]*/g)].map(
          ([brick]) => brick,
        ),
      );
    assert.ok(named.length > 3);
    assert.deepEqual(
      named.filter((brick) => !known.has(brick)),
      [],
    );
  });

  const steps = `kind: module
name: encoder
version: 1.2.0
inputs:
  tokens: int32[batch, seq]
outputs:
  features: float32[batch, seq, 16]
graph:
  features: { op: embedding, in: tokens, size: 100, dim: 16 }
`;
  const mended = (title: string, files: Record<string, string>) => {
    const { workspace, file } = scene({ 'points.brique.yaml': points, ...files });
    const text = workspace.source(file)!.text;
    const fix = workspace
      .fixes(file, { start: 0, end: text.length })
      .find((each) => each.title.startsWith(title));
    assert.ok(fix, `no fix “${title}”`);
    workspace.apply(fix.edits);
    assert.deepEqual(
      workspace.check(file).filter(({ severity }) => severity === 'error'),
      [],
    );
    return workspace.source(file)!.text;
  };

  it('pool in a composition', () => {
    const text = mended('Insert a mean over the steps', {
      'encoder.brique.yaml': steps,
      'demo.brique.yaml': `<|>${model()}`,
    });
    assert.match(text, /encoder_mean: \{ module: std\/average-pool@\^1, in: encoder\.features \}/);
    assert.match(text, /in: encoder_mean\.features/);
  });

  it('project in a composition', () => {
    const text = mended('Insert a dense layer', {
      'encoder.brique.yaml':
        steps.replace('batch, seq, 16', 'batch, 16').replace('  features: {', '  table: {') +
        '  features: { op: global_avg_pool, in: table }\n',
      'narrow.brique.yaml':
        'kind: module\nname: narrow\nversion: 1.0.0\ninputs:\n  x: float32[batch, 4]\noutputs:\n  logits: float32[batch, 2]\ngraph:\n  logits: { op: dense, in: x, units: 2 }\n',
      'demo.brique.yaml': `<|>${model((before) => before.replace('std/classifier@^1, in: encoder.features, params: { classes: 2 }', 'narrow@^1, in: encoder.features'))}`,
    });
    assert.match(text, /module: std\/projection@\^1/);
  });
});
