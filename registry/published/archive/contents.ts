/**
 * A `.brick` file is a gzipped tar. Its first entry, `brick.json`, says everything that follows: the integrity records of
 * the versions in it. Then come their files as `<name>/<version>/<path>`, in the order of these paths.
 */
import type { Integrity } from '../../generated/integrity';
import { refuse } from '../failure';
import { integrityOf } from '../integrity';
import { requireVersion } from '../names';

export const CONTENTS = 'brick.json';
export const MOST_CONTENTS_BYTES = 32 * 2 ** 20;

const MOST_VERSIONS = 10_000;

export function contentsText(versions: readonly Integrity[]): string {
  return `${JSON.stringify({ format: 1, versions })}\n`;
}

/** Throws `archive-broken` or `integrity-broken`. */
export function parseContents(text: string): Integrity[] {
  const { format, versions } = (jsonOf(text) ?? {}) as { format?: unknown; versions?: unknown };
  if (format !== 1)
    refuse('archive-broken', `${CONTENTS} has a format that this version of Brique does not read`);
  if (!Array.isArray(versions) || versions.length === 0 || versions.length > MOST_VERSIONS) {
    return refuse('archive-broken', `${CONTENTS} lists no versions, or too many`);
  }
  const read = versions.map((version) => integrityOf(version, CONTENTS));
  const seen = new Set<string>();
  for (const { name, version } of read) {
    requireVersion(name, version);
    const key = `${name}@${version.toLowerCase()}`;
    if (seen.has(key)) refuse('archive-broken', `${CONTENTS} lists ${name} ${version} twice`);
    seen.add(key);
  }
  return read;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('archive-broken', `${CONTENTS} is not JSON`);
  }
}

export interface ArchivedFile {
  /** Of the entry. */
  path: string;
  version: Integrity;
  /** In the version. */
  file: string;
  sha256: string;
  size: number;
}

/** The entries behind the first, in order. */
export function archivedFiles(versions: readonly Integrity[]): ArchivedFile[] {
  return versions
    .flatMap((version) =>
      Object.entries(version.files).map(([file, { sha256, size }]) => ({
        path: `${version.name}/${version.version}/${file}`,
        version,
        file,
        sha256,
        size,
      })),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
