/**
 * Publishing: everything is written, hashed and checked beside the registry's content, and then put in place by one
 * rename. A folder cannot be renamed onto one that holds files, so of two publishers one fails, on every system; and
 * whoever dies on the way leaves nothing that readers see.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileRecord, Integrity, TrainedFrom } from '../generated/integrity';
import { sha256 } from '../sha256';
import { describeManifest, describeVersion } from './describe';
import { codeOf, refuse, unwritable } from './failure';
import { makeBrickFolder, placeOf, requireOtherCase } from './folders';
import { integrityText, sealed } from './integrity';
import { INTEGRITY, quoted, requirePaths } from './names';
import { Registry, type Release } from './registry';
import { isFolder } from './regular-files';
import { discard, stage, sweep, syncFolder } from './staging';
import { writeChunks } from './write';

export interface Publication {
  /** Text of the manifest; what it names (weights, tokenizers) is among `files`. */
  manifest: string;
  /** Paths in the published folder, with `/`, and where each comes from: a file's absolute path, or its content. */
  files: Readonly<Record<string, string | Uint8Array>>;
  trained?: TrainedFrom;
}

/**
 * Publishes one version and returns it. Throws `already-published`, `manifest-broken`, `weights-missing`,
 * `weights-broken`, `path-invalid`, `name-invalid` or `version-invalid`; then nothing has changed.
 */
export async function publish(folder: string, publication: Publication): Promise<Release> {
  const head = describeManifest(publication.manifest, 'The manifest', true);
  const { kind, name, version, weights } = head;
  const manifest = `${kind}.brique.yaml`;
  const files = { ...publication.files, [manifest]: Buffer.from(publication.manifest) };
  requirePaths(Object.keys(files));
  if (weights !== undefined && !Object.hasOwn(files, weights)) {
    refuse('weights-missing', `${name} names its weights ${quoted(weights)}, which are not among its files`);
  }
  const registry = new Registry(folder);
  requireFree(registry.folder, name, version);
  sweep(registry.folder);
  const staging = stage(registry.folder);
  try {
    const content = join(staging, 'content');
    mkdirSync(content);
    const records = await copyAll(files, content);
    const { interfaceHash } = describeVersion(content, manifest);
    const integrity = sealed({
      format: 1,
      name,
      version,
      kind,
      manifest,
      published: new Date().toISOString(),
      files: records,
      interface: interfaceHash,
      ...(weights === undefined ? {} : { weights: records[weights]!.sha256 }),
      ...(publication.trained ? { trained: publication.trained } : {}),
    });
    putInPlace(registry.folder, content, integrity);
  } finally {
    discard(staging);
  }
  return (
    registry.release(name, version) ??
    refuse('version-broken', `${name} ${version} was published and is gone`)
  );
}

function requireFree(registry: string, name: string, version: string): void {
  if (isFolder(placeOf(registry, name, version))) alreadyPublished(registry, name, version);
  requireOtherCase(registry, name, version);
}

function alreadyPublished(registry: string, name: string, version: string): never {
  return refuse(
    'already-published',
    `${name} ${version} is already published in ${registry}`,
    'A published version never changes: raise `version`.',
  );
}

/** Writes and syncs the files; what is hashed is what is written. */
async function copyAll(files: Publication['files'], folder: string): Promise<Record<string, FileRecord>> {
  const records: Record<string, FileRecord> = {};
  for (const [path, from] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    records[path] = await copy(from, target);
  }
  return records;
}

async function copy(from: string | Uint8Array, to: string): Promise<FileRecord> {
  if (typeof from !== 'string') {
    writeFileSync(to, from, { flag: 'wx', flush: true });
    return { sha256: sha256(from), size: from.byteLength };
  }
  const source = await openSource(from);
  try {
    return await writeChunks(source.createReadStream({ autoClose: false, highWaterMark: 2 ** 20 }), to);
  } finally {
    await source.close();
  }
}

async function openSource(path: string) {
  const source = await open(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return refuse('not-there', `There is no file ${path}`);
    throw error;
  });
  if ((await source.stat()).isFile()) return source;
  await source.close();
  return refuse('not-a-file', `${path} is not a file`);
}

/** Makes a complete folder a published version, or fails with `already-published`. */
export function putInPlace(registry: string, content: string, integrity: Integrity): void {
  writeFileSync(join(content, INTEGRITY), integrityText(integrity), { flag: 'wx', flush: true });
  syncAll(content, Object.keys(integrity.files));
  const { name, version } = integrity;
  const place = placeOf(registry, name, version);
  let parent: string;
  try {
    parent = makeBrickFolder(registry, name);
    renameSync(content, place);
  } catch (error) {
    if (existsSync(place)) alreadyPublished(registry, name, version);
    throw unwritable(registry, error);
  }
  for (let folder = parent; folder.length >= registry.length; folder = dirname(folder)) syncFolder(folder);
}

/** Folders of the files, innermost first. */
function syncAll(content: string, files: string[]): void {
  const folders = new Set([content]);
  for (const file of files) {
    for (let folder = dirname(join(content, file)); folder !== content; folder = dirname(folder))
      folders.add(folder);
  }
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) syncFolder(folder);
}
