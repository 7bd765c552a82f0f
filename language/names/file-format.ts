import { asNumber, get } from '../syntax/path';
import type { Tree } from '../syntax/tree';

/** The only format that there is so far, and that of files which do not say. */
export const FORMAT = 1;

/** The format of a file that says another one; what is no whole number is told by its type. */
export function unknownFormat({ root }: Tree): number | undefined {
  const format = asNumber(get(root, 'format'));
  return format === undefined || !Number.isInteger(format) || format === FORMAT ? undefined : format;
}

/** Why nothing can be made of such a file. */
export function unknownFormatMessage(format: number): string {
  return `it is in format ${format}, and this version of Brique knows format ${FORMAT}`;
}
