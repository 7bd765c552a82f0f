/** What was read of files, for as long as their sizes and times stay the same. */
export class FileFacts<Facts> {
  readonly #known = new Map<string, { stamp: string; facts: Facts }>();

  of(path: string, { size, mtimeMs }: { size: number; mtimeMs: number }, read: () => Facts): Facts {
    const stamp = `${size} ${mtimeMs}`;
    const kept = this.#known.get(path);
    if (kept?.stamp === stamp) return kept.facts;
    const facts = read();
    this.#known.set(path, { stamp, facts });
    return facts;
  }
}
