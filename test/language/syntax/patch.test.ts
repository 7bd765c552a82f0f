import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from '../../../language/syntax/parse';
import { patched } from '../../../language/syntax/patch';
import type { Tree } from '../../../language/syntax/tree';
import { repositoryFiles } from './repository';

const texts = repositoryFiles()
  .map(([, text]) => text)
  .filter((text) => text.length < 12_000);

const pieces = [
  ...[
    '',
    'x',
    ' ',
    '  ',
    '\n',
    '\n  ',
    '# a line\n',
    ' # said',
    ': ',
    '- ',
    '16',
    "'",
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
  ],
  ...[
    'key: value',
    '\nkey: value',
    '\n  key: value\n',
    'a: { b: [1, 2] }',
    '>-\n    folded\n    text',
    '|',
    '\t',
    '\r\n',
  ],
  ...[
    '&a ',
    '*a',
    '!!str ',
    '<<: ',
    '---\n',
    '...',
    '%',
    '?',
    'ü',
    '🧱',
    '\u2028',
    '\u00a0',
    '""',
    "''",
    '#',
    ': #',
  ],
];

interface Edit {
  at: number;
  length: number;
  text: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.noBias(fc.integer({ min: 0, max: 999 })),
  length: fc.noBias(fc.oneof(fc.constant(0), fc.constant(1), fc.integer({ min: 0, max: 30 }))),
  text: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })),
});

function edited(text: string, { at, length, text: put }: Edit): string {
  const start = Math.floor((at / 1_000) * text.length);
  return text.slice(0, start) + put + text.slice(start + length);
}

describe('a tree after an edit', () => {
  it('is that of the text read anew', () => {
    let taken = 0;
    let all = 0;
    const runs = fc.property(
      fc.constantFrom(...texts),
      fc.array(edit, { minLength: 1, maxLength: 12 }),
      (first, edits) => {
        let text = first;
        let tree: Tree = parse(text);
        for (const next of edits) {
          const after = edited(text, next);
          const fresh = parse(after);
          // What is broken is read as a whole.
          if (fresh.problems.length > 0) {
            assert.equal(patched(tree, after), undefined, after);
            continue;
          }
          all += 1;
          const patch = patched(tree, after);
          if (patch) taken += 1;
          else assert.deepEqual(tree, parse(text), 'as it was');
          tree = patch ?? fresh;
          text = after;
          assert.deepEqual(tree, fresh);
        }
      },
    );
    fc.assert(runs, { numRuns: 800 });
    assert.ok(taken > all / 2, `${taken} of ${all}`);
  });

  it('keeps every entry that the edit leaves alone', () => {
    const text =
      'kind: module\nname: a\ngraph:\n  x: { op: relu, in: a }\n  y: { op: relu, in: x }\n  z: { op: relu, in: y }\ncard:\n  a: b\n';
    const tree = parse(text);
    const [kind, , graph, card] = tree.root?.kind === 'map' ? tree.root.entries : [];
    const steps = graph?.value?.kind === 'map' ? [...graph.value.entries] : [];
    const after = patched(tree, text.replace('op: relu, in: x', 'op: sigmoid, in: x'));
    assert.ok(after?.root?.kind === 'map');
    assert.equal(after.root.entries[0], kind);
    assert.equal(after.root.entries[3], card);
    const left = after.root.entries[2]?.value;
    assert.ok(left?.kind === 'map');
    assert.deepEqual(
      left.entries.map((entry, i) => entry === steps[i]),
      [true, false, true],
    );
  });
});
