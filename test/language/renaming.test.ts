import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextEdit } from '../../language/answers/answers';
import { applyEdits } from '../../language/syntax/edits';
import { Workspace } from '../../language/workspace';
import { libraryFiles } from './library';

const folder = join(__dirname, 'renaming');
const texts = new Map(
  readdirSync(folder).map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')]),
);

// The same params twice, as an alias: what is written once is changed once.
const settings = texts.get(join(folder, 'settings.brique.yaml'))!;
const params = '{ vocab: 1000, width: 32, length: 32 }';
texts.set(
  join(folder, 'aliases.brique.yaml'),
  settings
    .replace('name: settings', 'name: aliases')
    .replace(params, `&same ${params}`)
    .replace(new RegExp(`(?<!&same )${params}`), '*same'),
);

/** Every name of these files, wherever it stands, is given another: nothing else is found than before. */
describe('renaming everything everywhere', () => {
  const workspace = new Workspace();
  const found = () => [...texts.keys()].flatMap((file) => workspace.check(file));

  before(() => {
    for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
    for (const [file, text] of texts) workspace.setFile(file, text);
    assert.deepEqual(found(), []);
  });

  for (const [file, text] of texts) {
    it(`leaves ${file.slice(folder.length + 1)} and its users as right as they were`, function () {
      this.timeout(60_000);
      for (const { 0: word, index } of text.matchAll(/[A-Za-z_][\w-]*/g)) {
        const able = workspace.renamable(file, index);
        if ('refusal' in able || able.range.start !== index) continue;
        const edits = renaming(file, index, word);
        const changed = new Set(edits.map((edit) => edit.file));
        for (const each of changed) {
          const own = edits.filter((edit) => edit.file === each);
          workspace.setFile(each, applyEdits(texts.get(each)!, own));
        }
        assert.deepEqual(found(), [], `${word} at ${index}`);
        for (const each of changed) workspace.setFile(each, texts.get(each)!);
      }
    });
  }

  /** Names of bricks and datasets have `-` between their words, all others `_`. */
  function renaming(file: string, offset: number, word: string): TextEdit[] {
    const answers = [`new_${word}`, `new-${word.replaceAll('_', '-')}`].map((name) =>
      workspace.rename(file, offset, name),
    );
    const edits = answers.flatMap((answer) => ('edits' in answer ? [answer.edits] : []))[0];
    assert.ok(edits, JSON.stringify(answers));
    return edits;
  }
});
