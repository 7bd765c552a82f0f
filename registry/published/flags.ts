/** What was said of a version after it was published: small files of the index, one for each thing said. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from './failure';
import { entriesOf, isFolder, readText } from './regular-files';
import { ownFolder, syncFolder, writeAtomic } from './staging';

/** Withdrawn: kept for those who have it locked, and never chosen anew. */
export interface Yanked {
  reason: string;
  time: string;
}

export interface Deprecated {
  message: string;
  /** A brick to use instead, as `name` or `name@range`. */
  replacement?: string;
  time?: string;
}

export interface Flags {
  yanked?: Yanked;
  deprecated?: Deprecated;
}

type Said = 'yanked' | 'deprecated';

const ENDING = /^(.+)\.(yanked|deprecated)\.json$/;
const MOST_BYTES = 64 * 1024;

export function hasFlags(registry: string): boolean {
  return isFolder(join(registry, '.index', 'flags'));
}

/** By version. A flag that cannot be read counts as said: it stands there for a reason. */
export function readFlags(registry: string, name: string): Map<string, Flags> {
  const flags = new Map<string, Flags>();
  const folder = flagsFolder(registry, name);
  if (!isFolder(folder)) return flags;
  for (const entry of entriesOf(folder)) {
    const [, version, said] = ENDING.exec(entry.name) ?? [];
    if (version === undefined) continue;
    const known = flags.get(version) ?? {};
    flags.set(version, { ...known, ...flagOf(said as Said, readFlag(folder, entry.name)) });
  }
  return flags;
}

function flagOf(said: Said, read: { [key: string]: unknown }): Flags {
  const text = (key: string) => (typeof read[key] === 'string' ? read[key] : undefined);
  const time = text('time') ?? '';
  if (said === 'yanked') return { yanked: { reason: text('reason') ?? '', time } };
  const replacement = text('replacement');
  return {
    deprecated: {
      message: text('message') ?? '',
      ...(replacement === undefined ? {} : { replacement }),
      time,
    },
  };
}

function readFlag(folder: string, file: string): { [key: string]: unknown } {
  try {
    const read = JSON.parse(readText(folder, file, MOST_BYTES)) as unknown;
    return typeof read === 'object' && read !== null ? (read as { [key: string]: unknown }) : {};
  } catch {
    return {}; // Damaged by hand: what it is about stands in its name.
  }
}

export function writeFlag(
  registry: string,
  name: string,
  version: string,
  said: Said,
  flag: Yanked | Deprecated,
): void {
  const text = `${JSON.stringify(flag)}\n`;
  if (Buffer.byteLength(text) > MOST_BYTES) refuse('too-large', 'The message is too long');
  writeAtomic(registry, flagFile(registry, name, version, said), text);
}

export function removeFlag(registry: string, name: string, version: string, said: Said): void {
  const file = flagFile(registry, name, version, said);
  rmSync(file, { force: true });
  const folder = flagsFolder(registry, name);
  if (isFolder(folder)) syncFolder(folder);
}

function flagFile(registry: string, name: string, version: string, said: Said): string {
  return join(flagsFolder(registry, name), `${version}.${said}.json`);
}

function flagsFolder(registry: string, name: string): string {
  return join(ownFolder(registry, '.index'), 'flags', ...name.split('/'));
}
