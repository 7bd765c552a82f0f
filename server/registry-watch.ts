import { registryStamp } from '../registry/published/stamp';
import { openedRegistries } from './registries';
import type { Session } from './session';

const LOOK_MS = 1_500;
/** Looking takes at most this part of the time. */
const SHARE = 50;

/**
 * Tells when something was published or withdrawn, by whomever. Editors do not always see what happens in folders that
 * were made a moment ago, and nothing of registries elsewhere.
 */
export class RegistryWatch {
  readonly #stamps = new Map<string, string>();
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
    const start = performance.now();
    try {
      const changed = await this.#changed();
      if (!this.#isClosed && changed.length > 0) this.onChange(changed);
    } catch (error) {
      this.session.connection.console.warn(`A registry cannot be watched: ${(error as Error).message}`);
    }
    if (this.#isClosed) return;
    const wait = Math.max(LOOK_MS, SHARE * (performance.now() - start));
    this.#timer = setTimeout(() => void this.#look(), wait).unref();
  }

  async #changed(): Promise<string[]> {
    const changed: string[] = [];
    const folders = openedRegistries(this.session).flatMap(({ registries }) => registries.all);
    for (const { folder } of folders) {
      const stamp = await registryStamp(folder);
      const before = this.#stamps.get(folder);
      this.#stamps.set(folder, stamp);
      if (before !== undefined && before !== stamp) changed.push(folder);
    }
    return changed;
  }
}
