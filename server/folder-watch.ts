import type { Session } from './session';
import { inSlices } from './slices';

const LOOK_MS = 1_500;
/** Looking takes at most one part in so many of the time. */
const SHARE = 50;

/** Looks at a folder. */
export interface Changes {
  /** Whether anything is other than at the last look; false at the first. */
  look(): boolean;
}

/**
 * Tells when something came of what others do in folders: a version was published or withdrawn, a run has ended. Editors
 * do not always see what happens in folders that were made a moment ago, and nothing of folders elsewhere.
 */
export class FolderWatch {
  readonly #known = new Map<string, Changes>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(
    session: Session,
    private readonly folders: () => string[],
    private readonly changesIn: (folder: string) => Changes,
    private readonly onChange: (folders: string[]) => void,
  ) {
    void session.loaded.then(() => this.#look());
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    let spent = 0;
    const changed: string[] = [];
    for await (const folder of inSlices(this.folders())) {
      const start = performance.now();
      const changes = this.#known.get(folder) ?? this.changesIn(folder);
      this.#known.set(folder, changes);
      if (changes.look()) changed.push(folder);
      spent += performance.now() - start;
    }
    if (this.#isClosed) return;
    if (changed.length > 0) this.onChange(changed);
    this.#timer = setTimeout(() => void this.#look(), Math.max(LOOK_MS, SHARE * spent)).unref();
  }
}
