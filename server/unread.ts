import { basename } from 'node:path';
import { SOURCE_ENDING } from '../registry/sources';

/** Files that are there and were not read yet. */
export class Unread {
  readonly #paths = new Set<string>();
  /** By what stands before the ending, which is mostly the name of what is in them. */
  readonly #byName = new Map<string, string[]>();

  add(paths: string[]): void {
    for (const path of paths) {
      if (this.#paths.has(path)) continue;
      this.#paths.add(path);
      const name = basename(path, SOURCE_ENDING);
      const others = this.#byName.get(name);
      if (others) others.push(path);
      else this.#byName.set(name, [path]);
    }
  }

  delete(path: string): void {
    this.#paths.delete(path);
    if (this.#paths.size === 0) this.#byName.clear();
  }

  /** Also those that are added while it goes on, and none that was read meanwhile. */
  all(): Iterable<string> {
    return this.#paths;
  }

  get isEmpty(): boolean {
    return this.#paths.size === 0;
  }

  named(name: string): string[] {
    return (this.#byName.get(name) ?? []).filter((path) => this.#paths.has(path));
  }
}
