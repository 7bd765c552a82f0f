import type { Reports } from './reports';
import type { Session } from './session';
import { inSlices } from './slices';

/** Sends findings; changes that come in one go are checked once. */
export class Push {
  /** What the editor shows: of each file, the id of the result. */
  readonly #sent = new Map<string, string>();
  #waiting = false;
  #round = 0;

  constructor(
    readonly session: Session,
    readonly reports: Reports,
  ) {}

  soon(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    // After the messages that are already here, so that only the newest text is checked.
    setImmediate(() => {
      this.#waiting = false;
      void this.#send(++this.#round);
    });
  }

  /** Open documents first, all others once they are read. A newer round takes over from one that is under way. */
  async #send(round: number): Promise<void> {
    const { files, workspace } = this.session;
    const open = files.openIds().filter((file) => workspace.source(file));
    const others = this.session.isLoaded ? workspace.files() : [];
    for await (const file of inSlices(new Set([...open, ...others]))) {
      const canFind = await this.session.canFind(file);
      await this.session.prepared(file);
      if (round !== this.#round) return;
      if (canFind && workspace.source(file)) this.#sendOne(file);
    }
    for (const file of this.#sent.keys()) if (!workspace.source(file)) this.#clear(file);
  }

  #sendOne(file: string): void {
    const { connection, files } = this.session;
    const { id, items } = this.reports.result(file);
    const version = files.version(file);
    const isNews = this.#sent.has(file) ? this.#sent.get(file) !== id : items.length > 0 || version !== null;
    if (!isNews) return;
    this.#sent.set(file, id);
    const uri = files.uri(file);
    void connection.sendDiagnostics({ uri, diagnostics: items, ...(version === null ? {} : { version }) });
  }

  #clear(file: string): void {
    this.#sent.delete(file);
    void this.session.connection.sendDiagnostics({ uri: this.session.files.uri(file), diagnostics: [] });
  }
}
