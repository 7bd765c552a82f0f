import type { Analysis } from '../../rules/rule';
import type { Range } from '../../syntax/tree';
import type { TextEdit } from '../answers';

/** A change of form that keeps the meaning. */
export interface Refactoring {
  title: string;
  kind: 'extract' | 'inline' | 'rewrite';
  edits: TextEdit[];
  /** A file that comes into being. */
  create?: { file: string; text: string };
}

/** Where something is selected, or the cursor stands. */
export interface Selected {
  analysis: Analysis;
  range: Range;
}
