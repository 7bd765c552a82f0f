import { randomUUID } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { createTarPacker } from 'modern-tar';
import { solve } from '../../../language/versions/resolver/solve';
import type { Requirement } from '../../../language/versions/resolver/universe';
import type { Integrity } from '../../generated/integrity';
import { refuse } from '../failure';
import type { Registries } from '../registries';
import type { Registry, Release } from '../registry';
import { syncFolder } from '../staging';
import { writeChunks } from '../write';
import { archivedFiles, CONTENTS, contentsText } from './contents';

/**
 * Writes versions into one file. Equal versions give equal bytes, with the same zlib. Every file is verified; throws
 * `hash-mismatch` and the like, and then leaves nothing.
 */
export async function exportArchive(
  registries: Registries,
  releases: readonly Release[],
  to: string,
): Promise<{ file: string; size: number; sha256: string }> {
  const file = resolve(to);
  const sorted = [...releases].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const versions = sorted.map((release) => {
    const registry = registries.of(release);
    return { registry, integrity: registry.integrityOf(release) };
  });
  // Beside the target, so that it is there as a whole or not at all.
  const written = join(dirname(file), `.${randomUUID()}.brick`);
  try {
    const record = await writeChunks(reproducible(packed(versions)), written);
    await rename(written, file);
    syncFolder(dirname(file));
    return { file, ...record };
  } finally {
    rmSync(written, { force: true });
  }
}

/**
 * A release with what it requires, as the resolver chooses it; requirements that no registry knows, such as the shipped
 * library, are left out. Throws `version-conflict` where nothing goes together.
 */
export function withRequired(registries: Registries, release: Release): Release[] {
  const { name, version } = release;
  const universe = registries.universe();
  const isKnown = (requirement: Requirement) => universe.releases(requirement.name) !== undefined;
  const known = {
    releases: (each: string) =>
      universe.releases(each)?.map((choice) => ({
        ...choice,
        // The version that is asked for may have been withdrawn since.
        ...(each === name && choice.version === version ? { yanked: false } : {}),
        requires: choice.requires.filter(isKnown),
      })),
  };
  const solution = solve(known, [{ name, range: version, asker: `${name} ${version}` }]);
  if (solution.status !== 'solved') {
    return refuse('version-conflict', `Nothing that is published goes together with ${name} ${version}`);
  }
  return [...solution.versions].map(([each, chosen]) => registries.release(each, chosen)!);
}

function keyOf({ name, version }: Release): string {
  return `${name}/${version}`;
}

/** The tar, gzipped, in chunks. */
function packed(versions: readonly { registry: Registry; integrity: Integrity }[]): AsyncIterable<Buffer> {
  const { readable, controller } = createTarPacker();
  const byIntegrity = new Map(versions.map(({ registry, integrity }) => [integrity, registry]));
  const add = async (name: string, size: number, chunks: AsyncIterable<Uint8Array>) => {
    const mtime = new Date(0);
    const writer = controller.add({ name, size, mtime, mode: 0o644, uid: 0, gid: 0 }).getWriter();
    for await (const chunk of chunks) await writer.write(chunk);
    await writer.close();
  };
  const write = async () => {
    const integrities = [...byIntegrity.keys()];
    const contents = Buffer.from(contentsText(integrities));
    await add(CONTENTS, contents.byteLength, Readable.from([contents]));
    for (const { path, version, file, size } of archivedFiles(integrities)) {
      const registry = byIntegrity.get(version)!;
      const verified = await registry.verifiedFile(version.name, version.version, file);
      await add(
        path,
        size,
        createReadStream(join(verified.folder, verified.path), { highWaterMark: 2 ** 20 }),
      );
    }
    controller.finalize();
  };
  // What goes wrong reaches the reader of the stream.
  write().catch((error: unknown) => controller.error(error));
  const tar = Readable.fromWeb(readable as Parameters<typeof Readable.fromWeb>[0]);
  const gzip = createGzip({ level: 1 });
  tar.on('error', (error) => gzip.destroy(error));
  return tar.pipe(gzip);
}

/** The tenth byte of a gzip header names the system that wrote it (RFC 1952); 255 is "unknown". */
async function* reproducible(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of chunks) {
    if (at <= 9 && at + chunk.byteLength > 9) chunk[9 - at] = 255;
    at += chunk.byteLength;
    yield chunk;
  }
}
