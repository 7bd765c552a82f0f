import { YAMLException } from 'js-yaml';
import { readBroken } from './broken';
import { MAX_DEPTH, MAX_LENGTH, TreeBuilder } from './builder';
import type { Tree, TreeNode } from './tree';
import { readValid } from './valid';

/**
 * Reads any text; never throws. Text that is not YAML gives as much of a tree as can be made out, with problems.
 * Scalars follow the YAML 1.2 core schema; keys are always strings.
 */
export function parse(text: string): Tree {
  if (text.length > MAX_LENGTH) {
    const message = `A file holds at most ${MAX_LENGTH / 1024} Ki characters`;
    return { text, root: undefined, problems: [{ range: { start: 0, end: 0 }, message, kind: 'limit' }] };
  }
  const valid = new TreeBuilder(text);
  try {
    return tree(valid, readValid(valid));
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return error.reason.includes('maxDepth')
      ? tooDeep(text, error.mark?.position ?? 0)
      : parseBroken(text, error);
  }
}

function parseBroken(text: string, reason: YAMLException): Tree {
  const builder = new TreeBuilder(text);
  const start = Math.min(reason.mark?.position ?? 0, text.length);
  try {
    const root = readBroken(builder);
    if (builder.problems.length === 0) builder.problem(start, start, sentence(reason.reason));
    return tree(builder, root);
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(text, start);
    throw error;
  }
}

function tooDeep(text: string, start: number): Tree {
  const message = `Maps and lists are nested more than ${MAX_DEPTH} deep`;
  return { text, root: undefined, problems: [{ range: { start, end: start }, message, kind: 'limit' }] };
}

function tree(builder: TreeBuilder, root: TreeNode | undefined): Tree {
  return { text: builder.text, root, problems: builder.problems };
}

function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
