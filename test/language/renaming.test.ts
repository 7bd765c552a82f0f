import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workspace } from '../../language/workspace';
import { libraryFiles } from './library';

const folder = join(__dirname, 'renaming');
const names = readdirSync(folder);

/** Every name of these files, wherever it stands, is given another: nothing else is found than before. */
describe('renaming everything everywhere', () => {
  const workspace = new Workspace();
  const found = () =>
    names.flatMap((name) => workspace.check(join(folder, name)).map((each) => `${name} ${each.rule}`));

  before(() => {
    for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
    for (const name of names) workspace.setFile(join(folder, name), readFileSync(join(folder, name), 'utf8'));
    assert.deepEqual(found(), []);
  });

  for (const name of names) {
    const file = join(folder, name);
    it(`leaves ${name} and its users as right as they were`, function () {
      this.timeout(60_000);
      const text = readFileSync(file, 'utf8');
      let renamed = 0;
      for (const { 0: word, index } of text.matchAll(/[A-Za-z_][\w-]*/g)) {
        const able = workspace.renamable(file, index);
        // Another place of what was renamed from there, or nothing that has a name.
        if ('refusal' in able || able.range.start !== index) continue;
        const isBrick = text.slice(able.range.start, able.range.end).includes('-');
        const edits = renaming(file, index, isBrick ? `new-${word}` : `new_${word}`);
        const changed = new Map(
          [...new Set(edits.map((edit) => edit.file))].map((each) => [each, readFileSync(each, 'utf8')]),
        );
        for (const [each, old] of changed)
          workspace.setFile(
            each,
            edited(
              old,
              edits.filter((edit) => edit.file === each),
            ),
          );
        assert.deepEqual(found(), [], `${word} at ${index}`);
        for (const [each, old] of changed) workspace.setFile(each, old);
        renamed++;
      }
      assert.ok(renamed > 0 || name === 'workspace.brique.yaml');
    });
  }

  type Edits = Extract<ReturnType<Workspace['rename']>, { edits: unknown }>['edits'];

  function renaming(file: string, offset: number, name: string): Edits {
    const answer = workspace.rename(file, offset, name);
    if ('edits' in answer) return answer.edits;
    // Names of bricks and datasets may have no capital and no `_`.
    const other = workspace.rename(file, offset, name.replaceAll('_', '-'));
    if ('edits' in other) return other.edits;
    throw new Error(`${name}: ${answer.refusal}`);
  }
});

function edited(text: string, edits: { range: { start: number; end: number }; text: string }[]): string {
  let left = text;
  for (const { range, text: put } of edits.toSorted((a, b) => b.range.start - a.range.start))
    left = left.slice(0, range.start) + put + left.slice(range.end);
  return left;
}
