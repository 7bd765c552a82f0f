import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { WORKSPACE_FILE } from '../language/names/roots';
import type { Origin } from '../language/names/source-file';
import { type LineMap, lineMap } from '../language/syntax/lines';
import { Workspace } from '../language/workspace';
import { weights } from '../registry/beside-weights';
import { PublishedVersions } from '../registry/published/host';
import { runBelow } from '../registry/run-facts';
import {
  dataFile,
  entriesOf,
  findSources,
  isInRegistry,
  libraryFolder,
  SOURCE_ENDING,
} from '../registry/sources';
import { tokenizer } from '../registry/tokenizers';
import { idOf, isPath, uriOf } from './paths';
import { inSlices } from './slices';
import { Unread } from './unread';

/** How long messages wait at most while files are read that nobody has asked about. */
const READING_MS = 3;
/** How many files are read at once for one that is asked about. */
const MOST_NAMED = 200;
const NAME = /[A-Za-z0-9][\w-]*/g;

export interface OpenDocument {
  version: number;
  text: string;
}

/** The files that the language knows: those of the open folders and of the library, open documents in front. */
export class Files {
  readonly workspace: Workspace = new Workspace({
    dataFile,
    tokenizer,
    weights,
    // Not those of the folder that the editor happened to start this process in.
    run: (file, reference) => runBelow(this.workspace.rootOf(file), reference),
    published: new PublishedVersions(),
  });
  /** Bricks that could not be read, with reasons; told once. */
  readonly unreadable: { path: string; why: string }[] = [];
  readonly #open = new Map<string, OpenDocument>();
  /** As the editor writes them. */
  readonly #uris = new Map<string, string>();
  readonly #lines = new Map<string, { text: string; map: LineMap }>();
  readonly #library: string;
  readonly #unread = new Unread();
  #folders: string[] = [];
  /** Folders of files that were opened from elsewhere. */
  readonly #aside = new Set<string>();

  constructor() {
    this.#library = libraryFolder();
  }

  /** Finds out which files there are; they are read by and by. */
  listLibrary(): void {
    this.#unread.add(findSources(this.#library, this.unreadable));
  }

  /** A folder that the editor shows; its files are not read yet. */
  addFolder(uri: string): void {
    const folder = idOf(uri);
    if (this.#folders.includes(folder)) return;
    this.#folders.push(folder);
    for (const aside of this.#aside) if (inside(aside).startsWith(inside(folder))) this.#aside.delete(aside);
    this.#tellFolders();
  }

  /** As the library; what lies elsewhere than on disk is known once it is opened. */
  listFolder(uri: string): void {
    const folder = idOf(uri);
    if (isPath(folder)) this.#unread.add(findSources(folder, this.unreadable));
  }

  /** Reads what is listed; other messages are answered in between. */
  async readListed(): Promise<void> {
    for await (const path of inSlices(this.#unread.all(), READING_MS)) this.#load(path);
  }

  /**
   * Reads what a file names, what those name and so on, as far as files are called what is in them; and the workspace
   * files, which say what belongs together. Not all of it where that is much.
   */
  readNamedIn(file: string): void {
    if (this.#unread.isEmpty) return;
    let left = MOST_NAMED;
    const texts = [file];
    const read = (name: string) => {
      for (const path of this.#unread.named(name)) {
        if (left-- <= 0) return;
        this.#load(path);
        texts.push(path);
      }
    };
    read(basename(WORKSPACE_FILE, SOURCE_ENDING));
    for (let each = texts.pop(); each !== undefined; each = texts.pop())
      for (const [name] of this.workspace.source(each)?.text.matchAll(NAME) ?? []) read(name);
  }

  /** Those that the editor shows. */
  folders(): readonly string[] {
    return this.#folders;
  }

  removeFolder(uri: string): void {
    const gone = idOf(uri);
    this.#folders = this.#folders.filter((folder) => folder !== gone);
    this.#tellFolders();
    for (const path of this.#unread.all())
      if (path.startsWith(inside(gone)) && this.folderOf(path) === undefined) this.#unread.delete(path);
    for (const id of this.workspace.files()) {
      const isInside = id.startsWith(inside(gone)) && this.folderOf(id) === undefined;
      if (isInside && !this.#open.has(id)) this.workspace.removeFile(id);
    }
  }

  /** The opened folder that a file lies in. */
  folderOf(id: string): string | undefined {
    const holding = this.#folders.filter((folder) => id.startsWith(inside(folder)));
    return holding.sort((a, b) => b.length - a.length)[0];
  }

  /** A file from outside of all folders has its neighbours for company, and nothing to do with the folders. */
  #standAside(id: string): void {
    const folder = dirname(id);
    if (!isPath(id) || this.#aside.has(folder) || this.folderOf(id) !== undefined) return;
    if (id.startsWith(inside(this.#library))) return;
    this.#aside.add(folder);
    this.#tellFolders();
    for (const entry of entriesOf(folder, this.unreadable))
      if (entry.isFile() && isSource(entry.name)) this.#load(join(folder, entry.name));
  }

  #tellFolders(): void {
    this.workspace.setFolders([...this.#folders, ...this.#aside].map(inside));
  }

  open(uri: string, document: OpenDocument): void {
    const id = this.#idOf(uri);
    this.#open.set(id, document);
    this.#standAside(id);
    this.workspace.setFile(id, document.text, this.#origin(id));
  }

  close(uri: string): void {
    const id = this.#idOf(uri);
    this.#open.delete(id);
    // Where it cannot be read, what was shown last is what is known.
    if (isPath(id) || this.folderOf(id) === undefined) this.#load(id);
  }

  /** Something happened to a file on disk. Says whether a registry has to be looked at again. */
  refresh(uri: string): boolean {
    const id = this.#idOf(uri);
    if (!isSource(id) || isInRegistry(id)) return true;
    if (!this.#open.has(id)) this.#load(id);
    return false;
  }

  /** What a check asked the disk may have changed: it is asked again. */
  recheck(uri: string): void {
    this.workspace.recheck(this.#idOf(uri));
  }

  /** The id of a file that the language knows; undefined for any other. */
  find(uri: string): string | undefined {
    const id = this.#idOf(uri);
    return this.workspace.source(id) ? id : undefined;
  }

  uri(id: string): string {
    return this.#uris.get(id) ?? uriOf(id);
  }

  /** The text on disk of an open file; undefined where there is none. */
  saved(id: string): string | undefined {
    return this.#open.has(id) && isPath(id) ? this.#read(id) : undefined;
  }

  /** Null for a file that is not open. */
  version(id: string): number | null {
    return this.#open.get(id)?.version ?? null;
  }

  isOpen(uri: string): boolean {
    return this.#open.has(this.#idOf(uri));
  }

  openIds(): string[] {
    return [...this.#open.keys()];
  }

  lines(id: string): LineMap {
    const text = this.workspace.source(id)?.text ?? '';
    const known = this.#lines.get(id);
    if (known?.text === text) return known.map;
    const map = lineMap(text);
    this.#lines.set(id, { text, map });
    return map;
  }

  #idOf(uri: string): string {
    const id = idOf(uri);
    this.#uris.set(id, uri);
    return id;
  }

  #origin(id: string): Origin {
    if (isPath(id) && isInRegistry(id)) return 'registry';
    return id.startsWith(inside(this.#library)) && !this.#folders.includes(this.#library)
      ? 'library'
      : 'workspace';
  }

  #load(id: string): void {
    this.#unread.delete(id);
    if (this.#open.has(id)) return;
    const text = isPath(id) ? this.#read(id) : undefined;
    if (text === undefined) {
      this.workspace.removeFile(id);
      this.#lines.delete(id);
    } else {
      this.workspace.setFile(id, text, this.#origin(id));
    }
  }

  #read(path: string): string | undefined {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      this.unreadable.push({ path, why: (error as Error).message });
      return undefined;
    }
  }
}

/** What the ids of files in a folder begin with. */
function inside(folder: string): string {
  const separator = isPath(folder) ? sep : '/';
  return folder.endsWith(separator) ? folder : folder + separator;
}

export function isSource(id: string): boolean {
  return id.endsWith(SOURCE_ENDING);
}
