import { RegistryChanges } from '../registry/published/changes';
import { openedRegistries } from './registries';
import type { Session } from './session';
import { inSlices } from './slices';

const LOOK_MS = 1_500;
/** Looking takes at most one part in so many of the time. */
const SHARE = 50;

/**
 * Tells when something was published or withdrawn, by whomever. Editors do not always see what happens in folders that
 * were made a moment ago, and nothing of registries elsewhere.
 */
export class RegistryWatch {
  readonly #known = new Map<string, RegistryChanges>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(
    private readonly session: Session,
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
    const folders = openedRegistries(this.session).flatMap(({ registries }) => registries.all);
    for await (const { folder } of inSlices(folders)) {
      const start = performance.now();
      const changes = this.#known.get(folder) ?? new RegistryChanges(folder);
      this.#known.set(folder, changes);
      if (changes.look()) changed.push(folder);
      spent += performance.now() - start;
    }
    if (this.#isClosed) return;
    if (changed.length > 0) this.onChange(changed);
    this.#timer = setTimeout(() => void this.#look(), Math.max(LOOK_MS, SHARE * spent)).unref();
  }
}
