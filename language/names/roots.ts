/**
 * A root is a folder whose files see each other's names: that of the nearest workspace file above a file, else the
 * folder that was opened. Bricks of the same name in two roots have nothing to do with each other.
 */

/** Makes its folder a root, whatever it says. */
export const WORKSPACE_FILE = 'workspace.brique.yaml';

export class Roots {
  readonly #known = new Map<string, string>();

  /** Folders end with a slash. */
  constructor(
    private readonly marked: readonly string[] = [],
    private readonly opened: readonly string[] = [],
  ) {}

  /** The root of a file; what lies outside of all folders, as what was never saved, belongs to the first one. */
  of(file: string): string {
    const known = this.#known.get(file);
    if (known !== undefined) return known;
    const [first] = this.opened;
    const root =
      nearest(this.marked, file) ??
      nearest(this.opened, file) ??
      (first === undefined ? '' : (nearest(this.marked, first) ?? first));
    this.#known.set(file, root);
    return root;
  }

  /** With other folders opened. */
  opening(opened: readonly string[]): Roots {
    return new Roots(this.marked, opened);
  }

  /** With a file that came or went; the same where that changes nothing. */
  with(file: string, isThere: boolean): Roots {
    const folder = folderMarkedBy(file);
    if (folder === undefined || this.marked.includes(folder) === isThere) return this;
    const marked = isThere ? [...this.marked, folder] : this.marked.filter((each) => each !== folder);
    return new Roots(marked, this.opened);
  }
}

function folderMarkedBy(file: string): string | undefined {
  if (!file.endsWith(WORKSPACE_FILE)) return undefined;
  const folder = file.slice(0, -WORKSPACE_FILE.length);
  return folder === '' || /[\\/]$/.test(folder) ? folder : undefined;
}

function nearest(folders: readonly string[], file: string): string | undefined {
  let found: string | undefined;
  for (const folder of folders)
    if (file.startsWith(folder) && folder.length >= (found ?? '').length) found = folder;
  return found;
}
