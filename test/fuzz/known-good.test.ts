import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { format } from '../../language/answers/format';
import { applyEdits } from '../../language/syntax/edits';
import { parse } from '../../language/syntax/parse';
import { entriesOf, get } from '../../language/syntax/path';
import type { Workspace } from '../../language/workspace';
import { examples, library, loaded } from './corpus';

/** Of the names in one file; they are much alike. */
const MOST = 4;

/** Ways to write the same. */
const ways: Record<string, (text: string) => string> = {
  'laid out': (text) => applyEdits(text, format(parse(text))),
  'with the line breaks of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'with the line breaks of old Macs': (text) => text.replaceAll('\n', '\r'),
  'with a byte order mark': (text) => `\ufeff${text}`,
  'without a line break at the end': (text) => text.trimEnd(),
  'with types in quotes': quoted,
  'with its sections in another order': (text) => sectionsOf(text).reverse().join(''),
};

function quoted(text: string): string {
  const { root } = parse(text);
  const ports = ['inputs', 'outputs'].flatMap((section) => entriesOf(get(root, section)));
  const edits = ports.flatMap(({ value }) =>
    value?.kind === 'scalar' && value.style === 'plain'
      ? [{ range: value.range, text: `'${value.raw}'` }]
      : [],
  );
  return applyEdits(text, edits);
}

/** The text of each key at the margin, with what follows it. */
function sectionsOf(text: string): string[] {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const starts = entriesOf(parse(whole).root).map(({ range }) => range.start);
  return starts.map((start, i) => whole.slice(start, starts[i + 1]));
}

function findings(workspace: Workspace, file: string): string[] {
  return workspace.check(file).map(({ rule, message }) => `${rule}: ${message}`);
}

for (const { name, texts } of [...examples, { name: 'modules', texts: library }]) {
  describe(`what is right in ${name}`, () => {
    const workspace = loaded(texts);
    for (const [file, text] of texts) {
      it(`stays right in ${basename(file)}, however it is written`, () => {
        assert.deepEqual(findings(workspace, file), []);
        for (const [how, write] of Object.entries(ways)) {
          workspace.setFile(file, write(text));
          assert.deepEqual(findings(workspace, file), [], how);
          workspace.setFile(file, text);
        }
      });

      it(`stays right in ${basename(file)} when its nodes and parts get other names`, () => {
        const { root } = parse(text);
        const section = get(root, 'graph') ?? get(root, 'parts');
        for (const { key } of entriesOf(section).slice(0, MOST)) {
          const renaming = workspace.rename(file, key.range.start, 'renamed_here');
          if ('refusal' in renaming) {
            assert.match(renaming.refusal, /weights.* from/, 'what runs hold keeps its name');
            continue;
          }
          const before = new Map(
            renaming.edits.map((edit) => [edit.file, workspace.source(edit.file)!.text]),
          );
          workspace.apply(renaming.edits);
          for (const each of before.keys())
            assert.deepEqual(findings(workspace, each), [], String(key.value));
          for (const [each, was] of before) workspace.setFile(each, was);
        }
      });
    }
  });
}
