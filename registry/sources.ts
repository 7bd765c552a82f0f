/** Brique files on disk, loaded into a workspace; published versions join them when they are named. */
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import semver from 'semver';
import { Workspace } from '../language/workspace';
import { weights } from './beside-weights';
import { PublishedVersions } from './published/host';
import { INTEGRITY } from './published/names';
import { run } from './run-facts';
import { sha256 } from './sha256';
import { headOf } from './source-text';
import { tokenizer } from './tokenizers';

export const SOURCE_ENDING = '.brique.yaml';

/** Folders that hold no sources of a person's own. */
const SKIPPED = new Set(['node_modules', '.git', '.brique', 'out', 'dist']);

/** A file or folder that could not be read, and why. */
export interface Unreadable {
  path: string;
  why: string;
}

export interface Loaded {
  workspace: Workspace;
  /** In which names are known, with a slash at the end. */
  folders: readonly string[];
  /** Absolute paths of the workspace's own files, sorted. */
  files: string[];
  unreadable: Unreadable[];
}

/** All `*.brique.yaml` below a folder, sorted; links to folders are not followed, published versions left out. */
export function findSources(folder: string, unreadable: Unreadable[] = []): string[] {
  const found: string[] = [];
  const open = [resolve(folder)];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    const entries = entriesOf(current, unreadable);
    if (isPublished(current, entries)) continue;
    for (const entry of entries) {
      const path = join(current, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) open.push(path);
      } else if (entry.name.endsWith(SOURCE_ENDING)) {
        found.push(path);
      }
    }
  }
  return found.sort();
}

function isPublished(folder: string, entries: Dirent[]): boolean {
  return isVersion(basename(folder)) && entries.some(({ name }) => name === INTEGRITY);
}

function isVersion(name: string): boolean {
  return /^\d/.test(name) && semver.valid(name) !== null;
}

/** Whether a file is the manifest of a published version. */
export function isInRegistry(file: string): boolean {
  const folder = dirname(file);
  return isVersion(basename(folder)) && existsSync(join(folder, INTEGRITY));
}

export function entriesOf(folder: string, unreadable: Unreadable[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    unreadable.push({ path: folder, why: (error as Error).message });
    return [];
  }
}

/** Where the shipped bricks lie: `modules/` beside the bundles' folder, or in the repository. */
export function libraryFolder(): string {
  const folder = join(__dirname, '..', 'modules');
  return existsSync(folder) ? folder : join(__dirname, 'modules');
}

export interface Loading {
  published?: PublishedVersions;
  /** Reads of most files only what is in them, and the rest of those that are needed: for who asks about few of them. */
  isForFew?: boolean;
}

/** The shipped library and all files below the given folders (or the given files). */
export function loadWorkspace(paths: string[], loading: Loading = {}): Loaded {
  const { published = new PublishedVersions(), isForFew = false } = loading;
  const textOf = isForFew ? headOf : (path: string) => readFileSync(path, 'utf8');
  const unreadable: Unreadable[] = [];
  const workspace = new Workspace({ hash: sha256, dataFile, tokenizer, weights, run, published });
  const folders = outermost(paths.filter((path) => !path.endsWith(SOURCE_ENDING)));
  workspace.setFolders(folders);
  const library = findSources(libraryFolder(), unreadable);
  const named = new Set(paths.map((path) => resolve(path)));
  const read = (from: string[], origin: 'workspace' | 'library') =>
    from.filter((file) => {
      try {
        // Of what is found by looking, nothing is.
        workspace.setFile(file, textOf(file), named.has(file) && isInRegistry(file) ? 'registry' : origin);
        return true;
      } catch (error) {
        unreadable.push({ path: file, why: (error as Error).message });
        return false;
      }
    });
  read(library, 'library');
  const shipped = new Set(library);
  const own = paths.flatMap((path) =>
    path.endsWith(SOURCE_ENDING) ? [resolve(path)] : findSources(path, unreadable),
  );
  const files = [...new Set(own)].filter((file) => !shipped.has(file)).sort();
  return { workspace, folders, files: read(files, 'workspace'), unreadable };
}

/** With a slash at the end, as the language wants them; without those that lie in others. */
function outermost(paths: string[]): string[] {
  const folders = [...new Set(paths.map((path) => resolve(path) + sep))];
  return folders.filter((folder) => !folders.some((other) => other !== folder && folder.startsWith(other)));
}

/** Whether a dataset's file is there. Globs are only looked at when the data are read. */
export function dataFile(manifest: string, pattern: string): 'found' | 'missing' | 'unknown' {
  if (/[*?[\]{}]/.test(pattern)) return 'unknown';
  if (!pattern.startsWith('npm:')) return found(resolve(dirname(manifest), pattern));
  const path = pattern.slice('npm:'.length);
  const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
  for (let folder = dirname(resolve(manifest)); ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(join(modules, name))) return found(join(modules, path));
    if (dirname(folder) === folder) return 'missing';
  }
}

function found(path: string): 'found' | 'missing' {
  return existsSync(path) ? 'found' : 'missing';
}
