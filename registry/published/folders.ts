/** Where versions lie: `<name>/<version>/`, with `/` in scoped names. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { refuse } from './failure';
import { problemOfName, problemOfVersion, quoted, requireVersion } from './names';
import { entriesOf, isFolder } from './regular-files';

/** The folder of a published version. Throws `not-published` where there is none, or a link stands in its way. */
export function versionFolder(registry: string, name: string, version: string): string {
  requireVersion(name, version);
  const folder = placeOf(registry, name, version);
  if (!isBrickFolder(registry, name) || !isFolder(folder)) {
    refuse('not-published', `${name} ${version} is not published in ${registry}`);
  }
  return folder;
}

export function placeOf(registry: string, name: string, version: string): string {
  return join(registry, ...name.split('/'), version);
}

/** Whether the folders of the name are there, without links. */
export function isBrickFolder(registry: string, name: string): boolean {
  const parts = name.split('/');
  return parts.every((_, index) => isFolder(join(registry, ...parts.slice(0, index + 1))));
}

/** The folder of a brick, made step by step so that no link is followed. Throws `is-link`. */
export function makeBrickFolder(registry: string, name: string): string {
  let folder = registry;
  for (const part of name.split('/')) {
    folder = join(folder, part);
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
    if (!isFolder(folder)) refuse('is-link', `${folder} must be a folder, not a link or a file`);
  }
  return folder;
}

/** Versions that have a folder, highest first. */
export function listVersions(registry: string, name: string): string[] {
  return [...listFolders(registry, name)].filter((entry) => !problemOfVersion(entry)).sort(semver.rcompare);
}

/** Names of all folders of a brick: its versions, and what else lies there. */
export function listFolders(registry: string, name: string): Set<string> {
  if (problemOfName(name) || !isBrickFolder(registry, name)) return new Set();
  const entries = entriesOf(join(registry, ...name.split('/')));
  return new Set(entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name));
}

/** Names with at least one version, sorted. */
export function listNames(registry: string): string[] {
  const names: string[] = [];
  const look = (folder: string, name: string, mayHold: boolean) => {
    let isBrick = false;
    for (const entry of entriesOf(folder)) {
      if (!entry.isDirectory()) continue;
      if (!problemOfVersion(entry.name)) isBrick = true;
      else if (mayHold && !problemOfName(entry.name))
        look(join(folder, entry.name), `${name}/${entry.name}`, false);
    }
    if (isBrick) names.push(name);
  };
  for (const entry of entriesOf(registry)) {
    if (entry.isDirectory() && !problemOfName(entry.name)) look(join(registry, entry.name), entry.name, true);
  }
  return names.sort();
}

/** Refuses a version that differs from a published one only in case: some systems have one folder for both. */
export function requireOtherCase(registry: string, name: string, version: string): void {
  const other = listVersions(registry, name).find(
    (each) => each !== version && each.toLowerCase() === version.toLowerCase(),
  );
  if (other !== undefined) {
    refuse('version-invalid', `The version ${quoted(version)} of ${name} differs from ${other} only in case`);
  }
}
