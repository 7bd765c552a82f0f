/**
 * Layout, and nothing else: two blanks a level, one blank after colons and commas, none at the ends of lines, one line
 * break at the end. Comments, the order of keys, quotes, and what stands on one line or on several stay as they are.
 * A text that is not YAML is left alone, and so is one that would come to say something else.
 */
import { allAtOnce, type Gradual } from '../gradual';
import { applyEdits, type Edit } from '../syntax/edits';
import { parsing } from '../syntax/parse';
import { lineBreak, lineEnd, lineStart } from '../syntax/scan';
import type { Range, Tree } from '../syntax/tree';
import { heldLines, indentation } from './format/indent';
import { spacing } from './format/spacing';
import { linesOf, sameMeaning } from './format/written';

/** Edits that lay the text out; of a range only those on its lines. */
export function format(tree: Tree, within?: Range): Edit[] {
  return allAtOnce(formatting(tree, within));
}

/** In a few steps. */
export function* formatting(tree: Tree, within?: Range): Gradual<Edit[]> {
  if (!tree.root || tree.problems.length > 0) return [];
  const [from, to] = within
    ? [lineStart(tree.text, within.start), lineEnd(tree.text, within.end)]
    : [0, tree.text.length];
  const near = ({ range }: Edit) => range.start <= to && from <= range.end;
  const blanks: Edit[] = [];
  for (const edits of [spacing, lineEnds, textEnd]) {
    blanks.push(...edits(tree).filter(near));
    yield;
  }
  const indents = indentation(tree).filter(near);
  // A part of a block may not be moved without the rest.
  for (const edits of [[...blanks, ...indents], blanks]) if (yield* keepsMeaning(tree, edits)) return edits;
  return [];
}

function* keepsMeaning(tree: Tree, edits: Edit[]): Gradual<boolean> {
  yield;
  return edits.length === 0 || sameMeaning(tree, yield* parsing(applyEdits(tree.text, edits), tree));
}

function lineEnds(tree: Tree): Edit[] {
  const { text } = tree;
  const held = heldLines(tree);
  const content = text.trimEnd().length;
  return linesOf(text).flatMap(({ start, end }, index) => {
    const blank = /[ \t]+$/.exec(text.slice(start, end));
    if (!blank || held.has(index) || end - blank[0].length >= content) return [];
    return [{ range: { start: end - blank[0].length, end }, text: '' }];
  });
}

/** One line break; the blank lines that a `|+` text keeps are its own. */
function textEnd({ text }: Tree): Edit[] {
  const content = text.trimEnd().length;
  const end = lineBreak(text);
  return text.slice(content) === end ? [] : [{ range: { start: content, end: text.length }, text: end }];
}
