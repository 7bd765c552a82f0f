import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { readBroken } from '../../../language/syntax/broken';
import { TreeBuilder } from '../../../language/syntax/builder';
import { parse } from '../../../language/syntax/parse';
import { toValue } from '../../../language/syntax/path';
import type { Tree, TreeNode } from '../../../language/syntax/tree';
import { readValid } from '../../../language/syntax/valid';
import { documents } from './documents';
import { repositoryFiles } from './repository';

function readWith(read: (builder: TreeBuilder) => TreeNode | undefined, text: string): Tree {
  const builder = new TreeBuilder(text);
  return { root: read(builder), problems: builder.problems, text };
}

/** Values that are not typed yet are null to a loader. */
function loaded(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(loaded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, loaded(item)]));
}

/** What must hold of every tree: children lie inside their parents, in order, and hold what the text says. */
function checkRanges(node: TreeNode | undefined, text: string): void {
  if (!node) return;
  assert.ok(node.range.start <= node.range.end && node.range.end <= text.length);
  if (node.kind === 'scalar') {
    assert.equal(node.raw, text.slice(node.range.start, node.range.end));
    return;
  }
  if (node.flow && /[[{]/.test(text[node.range.start]!)) assert.match(text[node.range.end - 1]!, /[\]}]/);
  let read = node.range.start;
  const children = node.kind === 'sequence' ? node.items : node.entries;
  for (const child of children) {
    assert.ok(child.range.start >= read, 'in order');
    assert.ok(child.range.end <= node.range.end, 'inside');
    read = child.range.end;
    if ('key' in child) {
      if (child.value)
        assert.ok(child.value.range.start > child.key.range.end && child.range.end >= child.value.range.end);
      checkRanges(child.value, text);
    } else checkRanges(child, text);
  }
}

describe('the two parsers', () => {
  it('agree on every file of the repository', () => {
    for (const [path, text] of repositoryFiles()) {
      const tree = parse(text);
      if (tree.problems.length > 0) continue;
      assert.deepEqual(readWith(readBroken, text), tree, path);
      checkRanges(tree.root, text);
    }
  });

  it('agree on generated texts, with each other and with js-yaml', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const tree = readWith(readValid, text);
        assert.deepEqual(readWith(readBroken, text), tree);
        assert.deepEqual(loaded(toValue(tree.root)), loaded(loadAll(text)[0]));
        checkRanges(tree.root, text);
      }),
      { numRuns: 500 },
    );
  });

  it('give a tree for any text, with problems when it is not YAML', () => {
    fc.assert(
      fc.property(
        documents,
        fc.nat(),
        fc.constantFrom(...'{}[]:,-#&*!|>\'"%@`\t\n ?'),
        (text, at, character) => {
          const place = at % (text.length + 1);
          const broken = text.slice(0, place) + character + text.slice(place);
          const tree = parse(broken);
          for (const { range } of tree.problems) {
            assert.ok(0 <= range.start && range.start <= range.end && range.end <= broken.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('give a tree for any prefix of a file', () => {
    const [, text] = repositoryFiles(['examples'])[0]!;
    for (let end = 0; end <= text.length; end += 3) parse(text.slice(0, end));
  });
});
