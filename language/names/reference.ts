/** How names are written inside values: `std/classifier@^1`, `words.tokens`. */
import { within } from '../syntax/ranges';
import type { Range } from '../syntax/tree';

export interface BrickReference {
  name: string;
  /** As written after `@`; undefined means any version. */
  versionRange?: string;
  nameRange: Range;
  versionRangeAt?: Range;
  /** What this version is called where another one of the same brick stands beside it. */
  slot?: string;
}

/** Where one version of a brick is chosen: its name, or what stands beside that under a name of its own. */
export function slotOf({ name, slot }: Pick<BrickReference, 'name' | 'slot'>): string {
  return slot === undefined ? name : `${name} as ${slot}`;
}

/** The brick that a slot is for. */
export function brickIn(slot: string): string {
  return slot.split(' as ', 1)[0]!;
}

/** `range` is that of the text itself, without quotes. */
export function parseBrickReference(text: string, range: Range): BrickReference {
  const at = text.lastIndexOf('@');
  const { start } = range;
  if (at < 1) return { name: text, nameRange: range };
  return {
    name: text.slice(0, at),
    versionRange: text.slice(at + 1),
    nameRange: within(range, start, start + at),
    versionRangeAt: within(range, start + at + 1, start + text.length),
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

export function parseWireReference(text: string, range: Range): WireReference {
  const dot = text.indexOf('.');
  const { start } = range;
  if (dot < 0) return { owner: text, ownerRange: range };
  return {
    owner: text.slice(0, dot),
    port: text.slice(dot + 1),
    ownerRange: within(range, start, start + dot),
    portRange: within(range, start + dot + 1, start + text.length),
  };
}
