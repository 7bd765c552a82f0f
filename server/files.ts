import { readFileSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { type LineMap, lineMap } from '../language/syntax/lines';
import { Workspace } from '../language/workspace';
import { dataFile, findSources, libraryFolder, SOURCE_ENDING } from '../registry/sources';
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

  constructor() {
    this.#library = libraryFolder();
  }

  loadLibrary(): Promise<void> {
    return this.#loadAll(findSources(this.#library, this.unreadable), () => true);
  }

  async addFolder(uri: string): Promise<void> {
    const folder = idOf(uri);
    if (!isPath(folder) || this.#folders.includes(folder)) return;
    this.#folders.push(folder);
    // It may be taken away again meanwhile.
    await this.#loadAll(findSources(folder, this.unreadable), () => this.#folders.includes(folder));
  }

  async #loadAll(paths: string[], isWanted: () => boolean): Promise<void> {
    for await (const path of inSlices(paths)) if (isWanted()) this.#load(path);
  }

  removeFolder(uri: string): void {
    const gone = idOf(uri);
    this.#folders = this.#folders.filter((folder) => folder !== gone);
    for (const id of this.workspace.files()) {
      const isInside =
        id.startsWith(gone + sep) && !this.#folders.some((folder) => id.startsWith(folder + sep));
      if (isInside && !this.#open.has(id)) this.workspace.removeFile(id);
    }
  }

  open(uri: string, document: OpenDocument): void {
    const id = this.#idOf(uri);
    this.#open.set(id, document);
    this.workspace.setFile(id, document.text, this.#origin(id));
  }

  close(uri: string): void {
    const id = this.#idOf(uri);
    this.#open.delete(id);
    this.#load(id);
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
    return id.startsWith(this.#library + sep) && !this.#folders.includes(this.#library)
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

export function isSource(id: string): boolean {
  return id.endsWith(SOURCE_ENDING);
}
