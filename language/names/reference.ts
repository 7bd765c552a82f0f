/** How names are written inside values: `std/classifier@^1`, `words.tokens`. */
import type { Range } from '../syntax/tree';

export interface BrickReference {
  name: string;
  /** As written after `@`; undefined means any version. */
  versionRange?: string;
  nameRange: Range;
  versionRangeAt?: Range;
}

/** `start` is the offset of the text itself, past an opening quote. */
export function parseBrickReference(text: string, start: number): BrickReference {
  const at = text.lastIndexOf('@');
  if (at < 1) return { name: text, nameRange: { start, end: start + text.length } };
  return {
    name: text.slice(0, at),
    versionRange: text.slice(at + 1),
    nameRange: { start, end: start + at },
    versionRangeAt: { start: start + at + 1, end: start + text.length },
  };
}

export interface WireReference {
  /** A part, a node, an input or a dataset alias. */
  owner: string;
  /** A port or a column; undefined when the owner alone is named. */
  port?: string;
  ownerRange: Range;
  portRange?: Range;
}

export function parseWireReference(text: string, start: number): WireReference {
  const dot = text.indexOf('.');
  if (dot < 0) return { owner: text, ownerRange: { start, end: start + text.length } };
  return {
    owner: text.slice(0, dot),
    port: text.slice(dot + 1),
    ownerRange: { start, end: start + dot },
    portRange: { start: start + dot + 1, end: start + text.length },
  };
}
