import assert from 'node:assert/strict';
import { Roots } from '../../language/names/roots';
import { Workspace } from '../../language/workspace';
import { libraryFiles } from './library';
import { encoder, model, points } from './scene';

const other = encoder.replace('float32[batch, hidden]', 'float32[batch, seq, hidden]');

/** The same names in two folders; the brick of `b` does not fit its composition. */
function twoFolders(): Workspace {
  const workspace = new Workspace();
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  for (const [folder, brick] of [
    ['/w/a', encoder],
    ['/w/b', other],
  ] as const) {
    workspace.setFile(`${folder}/points.brique.yaml`, points);
    workspace.setFile(`${folder}/encoder.brique.yaml`, brick);
    workspace.setFile(`${folder}/demo.brique.yaml`, model());
  }
  return workspace;
}

const rules = (workspace: Workspace, file: string) => workspace.check(file).map(({ rule }) => rule);
const errors = (workspace: Workspace, file: string) =>
  workspace.check(file).filter(({ severity }) => severity === 'error');

describe('the root of a file', () => {
  it('is the folder of the nearest workspace file, else the innermost opened folder, else the first', () => {
    const roots = new Roots(['/w/', '/w/a/b/'], ['/x/', '/x/y/', '/w/a/']);
    assert.equal(roots.of('/w/a/b/c/f.brique.yaml'), '/w/a/b/');
    assert.equal(roots.of('/w/a/f.brique.yaml'), '/w/');
    assert.equal(roots.of('/x/y/z/f.brique.yaml'), '/x/y/');
    assert.equal(roots.of('/xy/f.brique.yaml'), '/x/');
    assert.equal(roots.of('untitled:Untitled-1'), '/x/');
    assert.equal(new Roots().of('/w/f.brique.yaml'), '');
  });

  it('is made by the name of a workspace file alone', () => {
    const roots = new Roots();
    assert.equal(roots.with('/w/other.brique.yaml', true), roots);
    assert.equal(roots.with('/w/my-workspace.brique.yaml', true), roots);
    const marked = roots.with('/w/workspace.brique.yaml', true);
    assert.equal(marked.of('/w/f.brique.yaml'), '/w/');
    assert.equal(marked.with('/w/workspace.brique.yaml', true), marked);
    assert.equal(marked.with('/w/workspace.brique.yaml', false).of('/w/f.brique.yaml'), '');
  });
});

describe('bricks of the same name in two roots', () => {
  it('are one too many in one root', () => {
    assert.ok(rules(twoFolders(), '/w/b/encoder.brique.yaml').includes('duplicate-name'));
  });

  it('do not see each other once each folder has a workspace file, and again when it goes', () => {
    const workspace = twoFolders();
    workspace.check('/w/a/demo.brique.yaml');
    workspace.check('/w/b/demo.brique.yaml');
    const before = rules(workspace, '/w/b/encoder.brique.yaml');
    workspace.setFile('/w/b/workspace.brique.yaml', 'kind: workspace\n');
    assert.ok(!rules(workspace, '/w/b/encoder.brique.yaml').includes('duplicate-name'));
    assert.deepEqual(errors(workspace, '/w/a/demo.brique.yaml'), []);
    assert.equal(errors(workspace, '/w/b/demo.brique.yaml').length, 1);
    workspace.removeFile('/w/b/workspace.brique.yaml');
    assert.deepEqual(rules(workspace, '/w/b/encoder.brique.yaml'), before);
  });

  it('do not see each other in two opened folders', () => {
    const workspace = twoFolders();
    workspace.setFolders(['/w/a/', '/w/b/']);
    assert.deepEqual(errors(workspace, '/w/a/demo.brique.yaml'), []);
    const [error] = errors(workspace, '/w/b/demo.brique.yaml');
    assert.equal(error?.rule, 'rank-mismatch');
    for (const folder of ['a', 'b']) {
      const file = `/w/${folder}/demo.brique.yaml`;
      const at = workspace.source(file)!.text.indexOf('encoder@') + 1;
      assert.deepEqual(
        workspace.definition(file, at).map((place) => place.file),
        [`/w/${folder}/encoder.brique.yaml`],
      );
      assert.deepEqual(
        [...new Set(workspace.references(file, at).map((place) => place.file))].sort(),
        [file, `/w/${folder}/encoder.brique.yaml`].sort(),
      );
    }
  });

  it('are renamed by themselves', () => {
    const workspace = twoFolders();
    workspace.setFolders(['/w/a/', '/w/b/']);
    const file = '/w/a/demo.brique.yaml';
    const renaming = workspace.rename(file, workspace.source(file)!.text.indexOf('encoder@') + 1, 'reader');
    assert.ok('edits' in renaming, JSON.stringify(renaming));
    assert.ok(renaming.edits.every((edit) => edit.file.startsWith('/w/a/')));
    workspace.apply(renaming.edits);
    assert.deepEqual(errors(workspace, file), []);
    assert.ok(!errors(workspace, '/w/b/demo.brique.yaml').some(({ rule }) => rule === 'unresolved-module'));
  });
});
