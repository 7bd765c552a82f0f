/** Ranges that `train.sweep` of a composition declares. */
import { asNumber, asScalar, asText, get } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';

export interface Between {
  min: number;
  max: number;
  /** Even steps of the number, or of its logarithm. */
  scale: 'linear' | 'log';
  int: boolean;
}

/** `{ min: 1e-4, max: 1e-2, scale: log }`; undefined where an end is missing. */
export function betweenOf(node: TreeNode | undefined): Between | undefined {
  const [min, max] = [asNumber(get(node, 'min')), asNumber(get(node, 'max'))];
  if (min === undefined || max === undefined) return undefined;
  const scale = asText(get(node, 'scale')) === 'log' ? 'log' : 'linear';
  return { min, max, scale, int: asScalar(get(node, 'int'))?.value === true };
}

/** Why nothing can be drawn from a range; undefined where something can. */
export function whyEmpty({ min, max, scale, int }: Between): string | undefined {
  if (min > max) return `it ends before it begins: ${min} to ${max}`;
  if (scale === 'log' && min <= 0)
    return `it begins at ${min}, which has no logarithm; let it begin above 0, or leave out \`scale: log\``;
  if (int && Math.ceil(min) > Math.floor(max)) return `there is no whole number from ${min} to ${max}`;
  return undefined;
}
