/**
 * Where inherited text stands. A composition that extends others is read as one tree; what it inherits has offsets
 * behind the end of its own text, one layer for each file, so that every place can be led back to where it is written.
 */
import type { Range } from '../syntax/tree';

export interface Layer {
  file: string;
  text: string;
  /** The offset at which this file's text begins. */
  from: number;
}

/** The file and range that are meant by a range of the whole tree. */
export function writtenAt(
  { file, layers }: { file: string; layers: readonly Layer[] },
  range: Range,
): { file: string; range: Range; inherited: Layer | undefined } {
  const layer = layers.findLast(({ from }) => from <= range.start);
  if (!layer) return { file, range, inherited: undefined };
  const { from } = layer;
  return {
    file: layer.file,
    range: { start: range.start - from, end: range.end - from },
    inherited: layer,
  };
}
