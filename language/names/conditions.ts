/** `where: [seq <= 512, hidden % heads == 0]`, or one condition without the list. */

import type { Range, TreeNode } from '../syntax/tree';
import { type ParsedConstraint, parseConstraint } from '../types/constraint';
import { locatedText } from './declarations';

export interface Condition {
  text: string;
  /** Of the text, without quotes. */
  range: Range;
  parsed: ParsedConstraint;
}

/** As the schemas have it: what conditions prove together takes the longer the more there are. */
const MOST = 64;

export function conditionsOf(node: TreeNode | undefined): Condition[] {
  const items = node?.kind === 'sequence' ? node.items.slice(0, MOST) : [node];
  return items.flatMap((item): Condition[] => {
    const at = locatedText(item);
    return at ? [{ text: at.value, range: at.range, parsed: parseConstraint(at.value) }] : [];
  });
}
