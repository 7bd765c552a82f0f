import { isSound } from '../schema/check';
import type { Tree } from '../syntax/tree';
import { unknownFormat } from './file-format';

/** What others see of a file without opening it. */
const SECTIONS = {
  module: ['params', 'inputs', 'outputs', 'extension_points', 'weights'],
  dataset: ['columns', 'splits'],
  model: ['data', 'parts', 'plug', 'dims', 'where', 'tasks', 'train', 'evaluate'],
} as const;

/**
 * Whether others can tell what a file offers. Where its format is unknown, or a section is not written as it has to be,
 * that is said of the file itself, and of those that use it nothing follows.
 */
export function isReadable(tree: Tree, kind: string | undefined): boolean {
  const { root } = tree;
  if (unknownFormat(tree) !== undefined) return false;
  if (root?.kind !== 'map' || (kind !== 'module' && kind !== 'dataset' && kind !== 'model')) return true;
  // Whoever extends a composition takes all of it over.
  if (kind === 'model' && tree.problems.length > 0) return false;
  return SECTIONS[kind].every((section) => isSound(root, kind, section));
}
