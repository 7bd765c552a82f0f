import { readFileSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { type LineMap, lineMap } from '../language/syntax/lines';
import { Workspace } from '../language/workspace';
import { dataFile, entriesOf, findSources, libraryFolder, SOURCE_ENDING } from '../registry/sources';
import { tokenizer } from '../registry/tokenizers';
import { idOf, isPath, uriOf } from './paths';
import { inSlices } from './slices';

export interface OpenDocument {
  version: number;
  text: string;
}

/** The files that the language knows: those of the open folders and of the library, open documents in front. */
export class Files {
  readonly workspace = new Workspace({ dataFile, tokenizer });
  /** Bricks that could not be read, with reasons; told once. */
  readonly unreadable: { path: string; why: string }[] = [];
  readonly #open = new Map<string, OpenDocument>();
  /** As the editor writes them. */
  readonly #uris = new Map<string, string>();
  readonly #lines = new Map<string, { text: string; map: LineMap }>();
  readonly #library: string;
  #folders: string[] = [];
  /** Folders of files that were opened from elsewhere. */
  readonly #aside = new Set<string>();

  constructor() {
    this.#library = libraryFolder();
  }

  loadLibrary(): Promise<void> {
    return this.#loadAll(findSources(this.#library, this.unreadable), () => true);
  }

  /** A folder that the editor shows; its files are not read yet. */
  addFolder(uri: string): void {
    const folder = idOf(uri);
    if (this.#folders.includes(folder)) return;
    this.#folders.push(folder);
    for (const aside of this.#aside) if (inside(aside).startsWith(inside(folder))) this.#aside.delete(aside);
    this.#tellFolders();
  }

  async loadFolder(uri: string): Promise<void> {
    const folder = idOf(uri);
    // What lies elsewhere than on disk is known once it is opened.
    if (!isPath(folder)) return;
    // It may be taken away again meanwhile.
    await this.#loadAll(findSources(folder, this.unreadable), () => this.#folders.includes(folder));
  }

  async #loadAll(paths: string[], isWanted: () => boolean): Promise<void> {
    for await (const path of inSlices(paths)) if (isWanted()) this.#load(path);
  }

  removeFolder(uri: string): void {
    const gone = idOf(uri);
    this.#folders = this.#folders.filter((folder) => folder !== gone);
    this.#tellFolders();
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

  /** Something happened to a file on disk. */
  refresh(uri: string): void {
    const id = this.#idOf(uri);
    if (isSource(id) && !this.#open.has(id)) this.#load(id);
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

  #origin(id: string): 'workspace' | 'library' {
    return id.startsWith(inside(this.#library)) && !this.#folders.includes(this.#library)
      ? 'library'
      : 'workspace';
  }

  #load(id: string): void {
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
