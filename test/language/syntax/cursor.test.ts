import assert from 'node:assert/strict';
import { nodeAt } from '../../../language/syntax/cursor';
import { parse } from '../../../language/syntax/parse';

/** The cursor at `|`: slot, path, and what a candidate would replace. */
function cursor(marked: string): string {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = nodeAt(parse(text), offset);
  if (!found) return 'comment';
  const replaced = text.slice(found.replace.start, found.replace.end);
  return `${found.slot} ${found.path.join('.')}${replaced ? ` [${replaced}]` : ''}${found.flow ? ' flow' : ''}`;
}

const cases: [string, string, string][] = [
  ['an empty file', '|', 'key '],
  ['a half-typed first key', 'ki|', 'value  [ki]'],
  ['a key', 'a: 1\nb|c: 2\n', 'key  [bc]'],
  ['a value', 'a: 1\nb: x|y\n', 'value b [xy]'],
  ['after a colon', 'a: 1\nb: |\nc: 2\n', 'value b'],
  ['right after a colon', 'a: 1\nb:|\nc: 2\n', 'value b'],
  ['a blank line at the root', 'a: 1\n|\nc: 2\n', 'key '],
  ['a blank line inside', 'a:\n  x: 1\n  |\nb: 2\n', 'key a'],
  ['a blank line, dedented', 'a:\n  x:\n    y: 1\n  |\nb: 2\n', 'key a'],
  ['a blank line at the end', 'a:\n  x:\n    y: 1\n    |', 'key a.x'],
  ['a blank line before the first entry', 'a:\n  |\n  x: 1\n', 'key a'],
  ['a blank line under a key without value', 'a:\n  x:\n    |\nb: 2\n', 'key a.x'],
  ['a blank line under a key whose value is a word', 'a:\n  op: dense\n    |\nb: 2\n', 'key a'],
  ['a half-typed key in the middle', 'a:\n  x: 1\n  cl|\n  y: 2\n', 'key a [cl]'],
  ['a half-typed key at the end', 'a:\n  x: 1\n  cl|\nb: 2\n', 'key a [cl]'],
  ['a lone word that may become a key', 'a:\n  cl|\nb: 2\n', 'value a [cl]'],
  ['in a list', 'a: [x, |]\n', 'value a.1 flow'],
  ['on an item', 'a: [x, y|, z]\n', 'value a.1 [y] flow'],
  ['in an empty list', 'a: [|]\n', 'value a.0 flow'],
  ['in an empty map', 'a: {|}\n', 'key a flow'],
  ['after a comma', 'a: { x: 1, | }\n', 'key a flow'],
  ['after a colon in brackets', 'a: { x: | }\n', 'value a.x flow'],
  ['after a colon, before a comma', 'a: { x: |, y: 1 }\n', 'value a.x flow'],
  ['a value in brackets', 'a: { x: 1, y: b|c }\n', 'value a.y [bc] flow'],
  ['deep in brackets', 'a: { x: { y: [b, c|] } }\n', 'value a.x.y.1 [c] flow'],
  ['brackets that are not closed', 'a: { x: 1, y: |\nb: 2\n', 'value a.y flow'],
  ['brackets just opened', 'a: { |\nb: 2\n', 'key a flow'],
  ['brackets over several lines', 'a: {\n  x: 1,\n  |\n}\n', 'key a flow'],
  ['a map in a list', 'a:\n  - x: 1\n    |\n', 'key a.0'],
  ['after a dash', 'a:\n  - x: 1\n  - |\n', 'value a.1'],
  ['under a list', 'a:\n  - x: 1\n|\nb: 2\n', 'key '],
  ['a comment', 'a: 1 # so|me\n', 'comment'],
  ['a comment on its own line', 'a: 1\n# so|me\nb: 2\n', 'comment'],
  ['a block text', 'a: |-\n  some|\n'.replace('|-', '>-'), 'value a [>-\n  some]'],
  ['with CRLF', 'a:\r\n  x: 1\r\n  |\r\nb: 2\r\n', 'key a'],
];

describe('a cursor', () => {
  for (const [what, marked, expected] of cases) {
    it(`stands in ${what}`, () => assert.equal(cursor(marked), expected));
  }
});
