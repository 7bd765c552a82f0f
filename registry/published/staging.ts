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
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isAlive, thisProcess } from '../../protocol/runs/process';
import { sha256 } from '../sha256';
import { codeOf, refuse, unwritable } from './failure';
import { entriesOf, isFolder } from './regular-files';

const STAGING = '.staging';
/** Milliseconds: a process on another machine cannot be asked whether it lives. */
const FOREIGN_AGE = 7 * 24 * 3_600_000;

type Process = ReturnType<typeof thisProcess>;

let self: Process | undefined;

/** A new empty folder of this process. The caller removes it with `discard`. */
export function stage(registry: string): string {
  self ??= thisProcess();
  const folder = join(ownFolder(registry, STAGING), stagingName(self));
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw unwritable(registry, error);
  }
  return folder;
}

/** Says whose it is from the moment it is there: process, machine, when the process began. */
export function stagingName({ pid, host, started }: Process): string {
  return [pid, markOf(host), Buffer.from(started).toString('base64url'), randomUUID().slice(0, 8)].join('.');
}

function markOf(host: string): string {
  return sha256(host).slice(0, 8);
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
  const owner = ownerOf(basename(path));
  return owner ? !isAlive(owner) : age > FOREIGN_AGE;
}

/** A process of this machine; undefined for others. */
function ownerOf(name: string): Process | undefined {
  const [pid = '', mark, started = ''] = name.split('.');
  const host = hostname();
  if (!/^\d+$/.test(pid) || mark !== markOf(host)) return undefined;
  return { pid: Number(pid), host, started: Buffer.from(started, 'base64url').toString() };
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
  } catch (error) {
    throw unwritable(registry, error);
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
