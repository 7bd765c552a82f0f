import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Workspace } from '../../language/workspace';
import { findSources } from '../../registry/sources';
import { libraryFiles } from './library';
import { mutationsOf } from './mutations';

const folders = [join(__dirname, '../../examples/reviews'), join(__dirname, 'compositions')];
const examples = folders
  .flatMap((folder) => findSources(folder))
  .map((file) => ({
    file,
    text: readFileSync(file, 'utf8'),
  }));

describe('one mistake', () => {
  const library = libraryFiles();
  const workspace = new Workspace();
  for (const { file, text } of library) workspace.setFile(file, text, 'library');
  for (const { file, text } of examples) workspace.setFile(file, text);

  const errors = (file: string) => workspace.check(file).filter(({ severity }) => severity === 'error');

  /** All of an example; of a standard brick every third, which is enough to meet each kind of mistake often. */
  const tried = ({ file, text }: { file: string; text: string }, index: number) => {
    const every = examples.some((example) => example.file === file) ? 1 : 3;
    return mutationsOf(text).filter((_, i) => (i + index) % every === 0);
  };

  for (const [index, source] of [...examples, ...library].entries()) {
    const { file, text } = source;
    const origin = library.includes(source) ? 'library' : 'workspace';
    it(`is at most one error, wherever it is made in ${basename(file)}`, () => {
      assert.deepEqual(errors(file), []);
      const cascades: string[] = [];
      for (const mutation of tried(source, index)) {
        workspace.setFile(file, mutation.text, origin);
        const found = errors(file);
        if (found.length < 2) continue;
        cascades.push(
          `${mutation.name}: ${found.map(({ rule, message }) => `${rule}: ${message}`).join(' | ')}`,
        );
      }
      workspace.setFile(file, text, origin);
      assert.deepEqual(cascades, []);
    });
  }

  const structural = new Set(['unknown-key', 'missing-field', 'wrong-value']);

  for (const { file, text } of examples.filter((each) => !each.text.includes('kind: model'))) {
    it(`in what is written in ${basename(file)} is no error of the files that use it`, () => {
      const users = examples.filter((each) => each.file !== file);
      const cascades: string[] = [];
      for (const mutation of mutationsOf(text)) {
        workspace.setFile(file, mutation.text);
        if (!errors(file).some(({ rule }) => structural.has(rule))) continue;
        for (const user of users)
          for (const { rule, message } of errors(user.file))
            cascades.push(`${mutation.name}: ${basename(user.file)} ${rule}: ${message}`);
      }
      workspace.setFile(file, text);
      assert.deepEqual(cascades, []);
    });
  }
});
