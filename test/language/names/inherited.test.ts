import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Workspace } from '../../../language/workspace';
import { libraryFiles } from '../library';
import { encoder, model, points } from '../scene';

const library = libraryFiles();

const derived = `kind: model
name: derived
version: 0.1.0
extends: demo@^0.1
parts:
  encoder: { params: { hidden: 24 }, train: frozen }
  second: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }
tasks:
  answer: { output: second.logits }
train: { batch: 8 }
`;

const start = new Map([
  ['points', points],
  ['encoder', encoder],
  ['demo', model()],
  ['derived', derived],
  ['deeper', derived.replace('name: derived', 'name: deeper').replace('demo@', 'derived@')],
]);

const change = fc.record({
  file: fc.constantFrom('demo', 'derived', 'deeper', 'encoder'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 30 }),
  text: fc.constantFrom('', 'x', '\n', ': ', '16', 'null', 'derived', 'deeper', 'demo', '{', '}', 'frozen'),
});

function workspaceOf(texts: Map<string, string>): Workspace {
  const workspace = new Workspace();
  for (const { file, text } of library) workspace.setFile(file, text, 'library');
  for (const [file, text] of texts) workspace.setFile(file, text);
  return workspace;
}

describe('what is inherited', () => {
  it('is found, after any edits, as a fresh workspace finds it, within the text and without a throw', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const texts = new Map(start);
        const edited = workspaceOf(texts);
        for (const { file, at, length, text } of changes) {
          const before = texts.get(file)!;
          const from = Math.floor(at * before.length);
          texts.set(file, before.slice(0, from) + text + before.slice(from + length));
          edited.setFile(file, texts.get(file)!);
          edited.check('deeper');
        }
        const fresh = workspaceOf(texts);
        for (const [file, text] of texts) {
          const found = edited.check(file);
          assert.deepEqual(found, fresh.check(file), file);
          for (const { range } of found) assert.ok(range.end <= text.length, 'in the text');
          for (const fix of edited.fixes(file, { start: 0, end: text.length }))
            for (const edit of fix.edits)
              assert.ok(edit.range.end <= texts.get(edit.file)!.length, `${fix.title} edits what is there`);
          for (const location of edited.references(file, Math.floor(text.length / 2)))
            assert.ok(location.range.end <= edited.source(location.file)!.text.length);
          edited.plan(file);
        }
      }),
      { numRuns: 60 },
    );
  }).timeout(120_000);
});
