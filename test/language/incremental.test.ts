import assert from 'node:assert/strict';
import fc from 'fast-check';
import { headerOf, readHeader } from '../../language/names/header';
import { SourceFile } from '../../language/names/source-file';
import type { Workspace } from '../../language/workspace';
import { edited, library, paths, perform, pieces, share, start, step, texts, wrapper } from './edits';
import { encoder } from './scene';

function everything(workspace: Workspace): unknown {
  return paths.map((path) => {
    const length = workspace.source(path)?.text.length ?? 0;
    const places = [0.3, 0.6, 0.9].map((part) => Math.floor(part * length));
    return {
      path,
      findings: workspace.check(path),
      definitions: places.map((offset) => workspace.definition(path, offset)),
      hints: workspace.outline(path),
    };
  });
}

describe('a workspace that was changed', () => {
  it('says what a fresh one says, whatever was edited, added, removed or renamed, and asked in between', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 16 }), (steps) => {
        const workspace = start();
        const now = new Map<string, string>();
        for (const [name, text] of Object.entries(texts)) {
          perform(workspace, now, { do: 'put', file: `/w/${name}`, text });
        }
        for (const one of steps) perform(workspace, now, one);
        const fresh = start();
        for (const [path, text] of [...now].sort()) fresh.setFile(path, text);
        assert.deepEqual(everything(workspace), everything(fresh));
      }),
      { numRuns: 150 },
    );
  }).timeout(120_000);

  it('answers the same again after letting go of what it had computed', () => {
    const workspace = start();
    for (const [name, text] of Object.entries(texts)) workspace.setFile(`/w/${name}`, text);
    const before = everything(workspace);
    for (const path of paths) workspace.source(path)?.release();
    // More files than are kept with their types.
    for (let i = 0; i < 40; i++) {
      workspace.setFile(`/w/more-${i}`, wrapper.replace('name: wrapper', `name: more-${i}`));
      workspace.check(`/w/more-${i}`);
    }
    assert.deepEqual(everything(workspace), before);
  });

  it('keeps the findings of what a change does not concern', () => {
    const workspace = start();
    for (const [name, text] of Object.entries(texts)) workspace.setFile(`/w/${name}`, text);
    const seen = new Map(paths.map((path) => [path, workspace.check(path)]));
    const unmoved = (path: string) => workspace.check(path) === seen.get(path);
    workspace.setFile('/w/encoder', encoder.replace('Turns ids into features', 'Features of ids'));
    assert.deepEqual(
      paths.filter((path) => workspace.source(path) && !unmoved(path)),
      ['/w/encoder'],
    );
    workspace.setFile('/w/encoder', encoder.replace('float32[batch, hidden]', 'float32[batch, seq, hidden]'));
    assert.deepEqual(
      paths.filter((path) => workspace.source(path) && !unmoved(path)),
      ['/w/encoder', '/w/older', '/w/wrapper', '/w/wrapped', '/w/demo'],
    );
  });

  it('blames no user of a file that has lost its kind, until the file is gone', () => {
    const workspace = start();
    for (const [name, text] of Object.entries(texts)) workspace.setFile(`/w/${name}`, text);
    const rules = () => workspace.check('/w/wrapper').map(({ rule }) => rule);
    const before = rules();
    workspace.setFile('/w/encoder', encoder.replace('kind: module', 'kind: modle'));
    assert.ok(!rules().includes('unresolved-module'));
    workspace.removeFile('/w/encoder');
    workspace.removeFile('/w/older');
    assert.ok(rules().includes('unresolved-module'));
    workspace.setFile('/w/encoder', encoder);
    assert.deepEqual(rules(), before);
  });

  it('reads the head of a file as the parser does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(texts), ...library.map(({ text }) => text)),
        fc.array(
          fc.record({ at: share, length: fc.integer({ min: 0, max: 9 }), text: fc.constantFrom(...pieces) }),
          { maxLength: 4 },
        ),
        (text, edits) => {
          const broken = edits.reduce(
            // Half of the edits hit the head, which is what matters.
            (so, one, i) => edited(so, i % 2 ? one : { ...one, at: (one.at * 90) / so.length }),
            text,
          );
          const source = new SourceFile('f', broken, 'workspace');
          const quick = readHeader(broken);
          if (!quick) return;
          assert.deepEqual(quick, headerOf(source.declaration, source.tree.root));
        },
      ),
      { numRuns: 1_500 },
    );
  }).timeout(60_000);
});
