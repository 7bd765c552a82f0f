/**
 * Where a registry writes before anything is visible: folders below `.staging`, each of one process. They are beside
 * what is published, so that a rename puts them in place. What a dead process has left is nobody's.
 */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isAlive, isThisHost, thisProcess } from '../../protocol/runs/process';
import { codeOf, refuse } from './failure';
import { entriesOf, isFolder, readText } from './regular-files';

const STAGING = '.staging';
const OWNER = 'owner.json';
const HOUR = 3_600_000;
/** A process on another machine cannot be asked whether it lives. */
const FOREIGN_AGE = 7 * 24 * HOUR;
/** Between making the folder and writing who owns it lies next to nothing. */
const NAMELESS_AGE = HOUR;

type Process = ReturnType<typeof thisProcess>;

let self: Process | undefined;

/** A new empty folder of this process. The caller removes it with `discard`. */
export function stage(registry: string): string {
  const folder = join(ownFolder(registry, STAGING), randomUUID());
  mkdirSync(folder, { recursive: true });
  self ??= thisProcess();
  writeFileSync(join(folder, OWNER), JSON.stringify(self));
  return folder;
}

/** A folder that the registry keeps for itself. Throws `is-link` where it leads somewhere else. */
export function ownFolder(registry: string, name: string): string {
  const folder = join(registry, name);
  if (existsSync(folder) && !isFolder(folder))
    refuse('is-link', `${folder} must be a folder, not a link or a file`);
  return folder;
}

export function discard(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Removes what dead processes have left. What cannot be removed now is left to the next. */
export function sweep(registry: string): void {
  const staging = join(registry, STAGING);
  if (!isFolder(staging)) return;
  for (const entry of entriesOf(staging)) {
    const path = join(staging, entry.name);
    if (!isAbandoned(path)) continue;
    try {
      discard(path);
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
    }
  }
}

function isAbandoned(path: string): boolean {
  let age: number;
  try {
    age = Date.now() - statSync(path).mtimeMs;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false; // Its owner has just put it in place.
    throw error;
  }
  const owner = ownerOf(path);
  if (!owner) return age > NAMELESS_AGE;
  return isThisHost(owner) ? !isAlive(owner) : age > FOREIGN_AGE;
}

function ownerOf(path: string): Process | undefined {
  try {
    const owner = JSON.parse(readText(path, OWNER, 4096)) as Partial<Process> | null;
    if (typeof owner?.pid !== 'number' || typeof owner.host !== 'string') return undefined;
    return { pid: owner.pid, host: owner.host, started: String(owner.started ?? '') };
  } catch {
    return undefined; // Not written yet, or by nobody: its age decides.
  }
}

/** Replaces a small file at once: readers see the old text or the new one. */
export function writeAtomic(registry: string, path: string, text: string): void {
  const folder = stage(registry);
  try {
    const written = join(folder, 'text');
    writeFileSync(written, text, { flush: true });
    mkdirSync(dirname(path), { recursive: true });
    renameSync(written, path);
    syncFolder(dirname(path));
  } finally {
    discard(folder);
  }
}

/** Makes what a folder lists last through a power cut. Windows has no such call, and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } catch (error) {
    // Some network file systems cannot.
    if (!['EINVAL', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
  } finally {
    closeSync(fd);
  }
}
