import { createReadStream, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import type { Integrity } from '../../generated/integrity';
import { describePublished } from '../describe';
import { codeOf, RegistryFailure, refuse } from '../failure';
import { requireOtherCase } from '../folders';
import { quoted } from '../names';
import { putInPlace } from '../publish';
import { Registry, type Release } from '../registry';
import { decode } from '../regular-files';
import { discard, stage, sweep } from '../staging';
import { writeChunks } from '../write';
import { type ArchivedFile, archivedFiles, CONTENTS, MOST_CONTENTS_BYTES, parseContents } from './contents';

export interface Limits {
  /** Of all files together, unpacked. */
  bytes: number;
  /** How many times its size an archive may unpack to, once that is more than 64 MiB. */
  ratio: number;
}

const LIMITS: Limits = { bytes: 64 * 2 ** 30, ratio: 200 };
const SMALL = 64 * 2 ** 20;
/** Headers and padding of an entry: two blocks, and three more for a long name. */
const ENTRY_OVERHEAD = 5 * 512;

export interface Imported {
  added: Release[];
  /** Versions that were there before, with equal content. */
  present: Release[];
}

/**
 * Publishes the versions of an archive. All of them are unpacked out of sight and verified before the first is visible.
 * Throws `archive-broken`, `archive-too-large`, `already-published` and what `publish` throws.
 */
export async function importArchive(folder: string, archive: string, limits = LIMITS): Promise<Imported> {
  const registry = new Registry(folder);
  sweep(registry.folder);
  const staging = stage(registry.folder);
  try {
    const versions = await unpack(archive, staging, limits);
    versions.forEach((integrity, index) => {
      requireMeaning(placeIn(staging, index), integrity);
    });
    const fresh = versions.map((integrity) => isNew(registry, integrity));
    versions.forEach((integrity, index) => {
      if (fresh[index]) putInPlace(registry.folder, placeIn(staging, index), integrity);
    });
    registry.refresh();
    const releases = versions.map(({ name, version }) => registry.release(name, version)!);
    return {
      added: releases.filter((_, index) => fresh[index]),
      present: releases.filter((_, index) => !fresh[index]),
    };
  } finally {
    discard(staging);
  }
}

function placeIn(staging: string, index: number): string {
  return join(staging, String(index));
}

function requireMeaning(place: string, integrity: Integrity): void {
  if (describePublished(place, integrity).interfaceHash !== integrity.interface) {
    const { name, version } = integrity;
    refuse('archive-broken', `The interface of ${name} ${version} is not the one that was recorded`);
  }
}

/** False where the same content is there already. */
function isNew(registry: Registry, { name, version, hash }: Integrity): boolean {
  requireOtherCase(registry.folder, name, version);
  if (!registry.versions(name).includes(version)) return true;
  if (registry.release(name, version)?.hash === hash) return false;
  return refuse('already-published', `${name} ${version} is already published here, with other content`);
}

/** Every file in its place below `staging`, with the size and hash that the archive's contents declare. */
async function unpack(archive: string, staging: string, limits: Limits): Promise<Integrity[]> {
  const budget = { bytes: MOST_CONTENTS_BYTES + 64 * 1024 };
  const compressed = sizeOf(archive);
  const reader = entriesOf(archive, budget).getReader();
  try {
    const versions = parseContents(await readContents(await next(reader)));
    const expected = new Map(archivedFiles(versions).map((file) => [file.path, file]));
    budget.bytes += allowance([...expected.values()], compressed, limits);
    versions.forEach((_, index) => {
      mkdirSync(placeIn(staging, index));
    });
    for (let entry = await next(reader); entry; entry = await next(reader)) {
      const file = take(expected, entry);
      const target = join(placeIn(staging, versions.indexOf(file.version)), file.file);
      mkdirSync(dirname(target), { recursive: true });
      const { sha256 } = await writeChunks(Readable.fromWeb(entry.body as WebStream), target);
      if (sha256 !== file.sha256)
        refuse('archive-broken', `${quoted(file.path)} has other content than declared`);
    }
    const [missing] = expected.keys();
    if (missing !== undefined) refuse('archive-broken', `${quoted(missing)} is missing`);
    return versions;
  } catch (error) {
    await reader.cancel().catch(() => undefined); // It has failed already, with the error that is told.
    throw told(error, archive);
  }
}

type WebStream = Parameters<typeof Readable.fromWeb>[0];
type Entries = ReadableStreamDefaultReader<ParsedTarEntry>;

async function next(reader: Entries): Promise<ParsedTarEntry | undefined> {
  const { done, value } = await reader.read();
  return done ? undefined : value;
}

function sizeOf(archive: string): number {
  try {
    return statSync(archive).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return refuse('not-there', `There is no file ${archive}`);
    throw error;
  }
}

function entriesOf(archive: string, budget: { bytes: number }): ReadableStream<ParsedTarEntry> {
  const file = createReadStream(archive, { highWaterMark: 2 ** 18 });
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  const bytes = Readable.from(within(file.pipe(gunzip), budget), { objectMode: false });
  bytes.on('close', () => file.destroy());
  return (Readable.toWeb(bytes) as ReadableStream<Uint8Array>).pipeThrough(
    createTarDecoder({ strict: true }),
  );
}

/** Ends what unpacks to more than was declared, however little it was packed into. */
async function* within(chunks: AsyncIterable<Buffer>, budget: { bytes: number }): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    budget.bytes -= chunk.byteLength;
    if (budget.bytes < 0) refuse('archive-too-large', 'The archive unpacks to more than it declares');
    yield chunk;
  }
}

async function readContents(entry: ParsedTarEntry | undefined): Promise<string> {
  if (entry?.header.name !== CONTENTS || entry.header.type !== 'file') {
    return refuse('archive-broken', `It does not start with ${CONTENTS}`);
  }
  if (entry.header.size > MOST_CONTENTS_BYTES) refuse('archive-too-large', `${CONTENTS} is too large`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of Readable.fromWeb(entry.body as WebStream)) chunks.push(chunk as Uint8Array);
  return decode(Buffer.concat(chunks), CONTENTS);
}

function allowance(files: ArchivedFile[], compressed: number, limits: Limits): number {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total > limits.bytes) {
    refuse('archive-too-large', `The archive declares ${total} bytes; at most ${limits.bytes} are unpacked`);
  }
  if (total > SMALL && total > limits.ratio * compressed) {
    refuse(
      'archive-too-large',
      `The archive declares ${total} bytes, more than ${limits.ratio} times its own size`,
    );
  }
  return files.reduce((sum, { path, size }) => sum + size + ENTRY_OVERHEAD + 4 * path.length, 0);
}

/** The declared file that an entry is; each can come once. */
function take(expected: Map<string, ArchivedFile>, { header }: ParsedTarEntry): ArchivedFile {
  const { name, type, size } = header;
  if (type !== 'file') refuse('archive-broken', `${quoted(name)} is a ${type}; only files are unpacked`);
  const file = expected.get(name);
  if (!file)
    return refuse('archive-broken', `${quoted(name)} is not declared in ${CONTENTS}, or comes twice`);
  if (size !== file.size)
    refuse('archive-broken', `${quoted(name)} has ${size} bytes, and ${file.size} are declared`);
  expected.delete(name);
  return file;
}

/** Errors of the formats are the archive's fault; those of the system are not. */
function told(error: unknown, archive: string): unknown {
  const code = codeOf(error);
  if (error instanceof RegistryFailure) {
    return new RegistryFailure(error.code, `${archive}: ${error.message}`, error.help);
  }
  const isSystem = code !== undefined && /^E[A-Z]+$/.test(code) && (error as NodeJS.ErrnoException).syscall;
  if (isSystem) return error;
  return new RegistryFailure('archive-broken', `${archive} is no sound archive: ${(error as Error).message}`);
}
