import assert from 'node:assert/strict';
import { Workspace } from '../../language/workspace';
import { PublishedTexts, REGISTRY } from '../../scripts/published-texts';
import { libraryFiles } from './library';
import { encoder, model, points } from './scene';

const at = (version: string, more = '') => `${encoder.replace('1.2.0', version)}${more}`;

function start(published: string[], files: Record<string, string> = {}) {
  const workspace = new Workspace({ published: new PublishedTexts(() => published) });
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  for (const [file, text] of Object.entries({ points, demo: model(), ...files }))
    workspace.setFile(file, text);
  return workspace;
}

function chosen(workspace: Workspace, file = 'demo'): string | undefined {
  const lookup = workspace
    .names(file)
    .find('module', { name: 'encoder', versionRange: '^1.2', nameRange: { start: 0, end: 0 } });
  return lookup.status === 'found'
    ? `${lookup.source.origin} ${lookup.declaration.version?.value}`
    : lookup.status;
}

describe('a brick from a registry', () => {
  it('is taken in the highest stable version of the range that was not withdrawn', () => {
    const versions = [
      at('1.1.0'),
      at('1.3.0'),
      at('1.4.0-rc.1'),
      at('1.5.0', 'x-yanked: wrong\n'),
      at('2.0.0'),
    ];
    const workspace = start(versions);
    assert.equal(chosen(workspace), 'registry 1.3.0');
    assert.deepEqual(workspace.check('demo'), []);
    assert.equal(
      workspace.plan('demo').plan?.parts.find(({ name }) => name === 'encoder')?.source,
      'registry',
    );
  });

  it('gives way to a source of the workspace, whatever its version, as long as that is in the range', () => {
    const workspace = start([at('1.9.0')], { encoder });
    assert.equal(chosen(workspace), 'workspace 1.2.0');
    workspace.setFile('encoder', encoder.replace('1.2.0', '1.1.0'));
    assert.equal(chosen(workspace), 'registry 1.9.0');
  });

  it('is defined in its own file, and cannot be renamed', () => {
    const workspace = start([at('1.3.0')]);
    const offset = workspace.source('demo')!.text.indexOf('encoder@') + 2;
    const file = `${REGISTRY}/encoder/1.3.0/brick.brique.yaml`;
    assert.deepEqual(
      workspace.definition('demo', offset).map((place) => place.file),
      [file],
    );
    assert.match(workspace.hover('demo', offset)?.markdown ?? '', /1\.3\.0/);
    assert.deepEqual(Object.keys(workspace.renamable('demo', offset)), ['refusal']);
    assert.ok(!workspace.files().includes(file));
  });

  it('is looked up again once the registry has changed, and only then', () => {
    const published = [at('1.2.0')];
    const workspace = start(published);
    const before = workspace.check('demo');
    published.push(at('1.3.0').replace('features: float32[batch, hidden]', 'features: int32[batch, hidden]'));
    assert.equal(workspace.check('demo'), before);
    workspace.refreshPublished();
    assert.deepEqual(workspace.check('demo'), start(published).check('demo'));
    published.length = 0;
    workspace.refreshPublished();
    assert.ok(workspace.check('demo').some(({ rule }) => rule === 'unresolved-module'));
    assert.deepEqual(workspace.check('demo'), start(published).check('demo'));
  });

  it('may change under a file that rests on nothing of it without being noticed', () => {
    const published = [at('1.2.0')];
    const workspace = start(published);
    const [demo, dataset] = [workspace.check('demo'), workspace.check('points')];
    published.push(encoder.replace('name: encoder', 'name: other'));
    workspace.refreshPublished();
    assert.equal(workspace.check('demo'), demo);
    assert.equal(workspace.check('points'), dataset);
  });
});
