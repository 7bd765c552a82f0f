import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../../registry/root';
import { dataFile, findSources, libraryFolder, loadWorkspace } from '../../registry/sources';
import { temporaryFolder } from '../engine/data/fixture';

describe('sources on disk', () => {
  const root = temporaryFolder();

  function write(path: string, text = 'kind: module\nname: a\nversion: 1.0.0\n'): string {
    const file = join(root(), path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  it('are found at any depth, but not in folders of tools', () => {
    const files = [write('a.brique.yaml'), write('deep/er/b.brique.yaml')];
    for (const folder of ['node_modules/x', '.git', '.brique/runs', 'out', 'dist'])
      write(`${folder}/c.brique.yaml`);
    write('other.yaml');
    assert.deepEqual(findSources(root()), files);
  });

  it('are loaded beside the library', () => {
    const file = write('encoder.brique.yaml');
    const { workspace, files, unreadable } = loadWorkspace([root()]);
    assert.deepEqual(files, [file]);
    assert.deepEqual(unreadable, []);
    assert.equal(workspace.source(join(libraryFolder(), 'classifier.brique.yaml'))?.origin, 'library');
  });

  it('that cannot be read are named', () => {
    const { files, unreadable } = loadWorkspace([join(root(), 'gone.brique.yaml')]);
    assert.deepEqual(files, []);
    assert.match(unreadable[0]!.why, /no such file/);
  });

  it('name data files that are there or not', () => {
    const manifest = write('deep/d.brique.yaml');
    write('deep/data.csv', 'a\n');
    write('node_modules/@kind/words/a.json', '[]');
    assert.equal(dataFile(manifest, 'data.csv'), 'found');
    assert.equal(dataFile(manifest, 'other.csv'), 'missing');
    assert.equal(dataFile(manifest, '*.csv'), 'unknown');
    assert.equal(dataFile(manifest, 'npm:@kind/words/a.json'), 'found');
    assert.equal(dataFile(manifest, 'npm:@kind/words/b.json'), 'missing');
    assert.equal(dataFile(manifest, 'npm:no-such-package-here/b.json'), 'missing');
  });
});

describe('the root of a workspace', () => {
  const root = temporaryFolder();

  it('is where the workspace file lies, else the current folder above, else the own folder', () => {
    const inner = join(root(), 'a', 'b');
    mkdirSync(inner, { recursive: true });
    assert.equal(workspaceRoot(inner, root()), root());
    assert.equal(workspaceRoot(inner, join(root(), 'c')), inner);
    writeFileSync(join(root(), 'a', 'workspace.brique.yaml'), 'kind: workspace\n');
    assert.equal(workspaceRoot(inner, root()), join(root(), 'a'));
  });
});
