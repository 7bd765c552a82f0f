import type { SourceFile } from '../names/source-file';

/** The files whose trees are in memory. Those not asked for in a while are let go; their texts stay. */
export class ParsedFiles {
  /** Characters of text whose trees are kept; a tree takes about 30 times as many bytes. */
  most = 2 ** 20;
  /** Told of every source before its tree is let go. */
  onRelease: ((source: SourceFile) => void) | undefined;
  readonly #sources = new Set<SourceFile>();
  #characters = 0;

  readonly add = (source: SourceFile): void => {
    if (!this.#sources.has(source)) this.#characters += source.text.length;
    // The newest are last.
    this.#sources.delete(source);
    this.#sources.add(source);
  };

  remove(source: SourceFile): void {
    if (this.#sources.delete(source)) this.#characters -= source.text.length;
  }

  /** Called when no computation is under way. */
  trim(used: () => ReadonlySet<SourceFile>): void {
    if (this.#characters <= this.most) return;
    const inUse = used();
    for (const source of this.#sources) {
      if (this.#characters <= this.most / 2) return;
      if (inUse.has(source)) continue;
      this.remove(source);
      this.onRelease?.(source);
      source.release();
    }
  }
}
