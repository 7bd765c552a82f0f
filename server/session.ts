import type {
  CancellationToken,
  ClientCapabilities,
  Connection,
  Location as LspLocation,
  Range as LspRange,
  TextEdit as LspTextEdit,
  Position,
  ServerCapabilities,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { Location, TextEdit } from '../language/answers/answers';
import type { Gradual } from '../language/gradual';
import type { Range } from '../language/syntax/tree';
import type { ClientOptions } from '../protocol/language-server';
import { stopIfCancelled } from './cancel';
import { Files } from './files';
import { gradually, pauses } from './slices';

/** One thing that the server does for an editor. */
export interface Feature {
  capabilities(client: ClientCapabilities): ServerCapabilities;
  register(session: Session): void;
}

/** A place in a file, as a request names it. */
export interface At {
  file: string;
  offset: number;
}

/** One editor's conversation with the server. */
export class Session {
  readonly files = new Files();
  client: ClientCapabilities = {};
  options: ClientOptions = {};
  #started!: () => void;
  #loaded!: () => void;
  /** Questions that must be answered before the first finding. */
  readonly #first = new Set<() => Promise<void>>();
  readonly #isStarted = new Promise<void>((resolve) => {
    this.#started = resolve;
  });
  isLoaded = false;
  /** The files of the folders are known from then on. */
  readonly loaded = new Promise<void>((resolve) => {
    this.#loaded = resolve;
  });
  readonly #changed = new Set<(ids: string[]) => void>();
  /** Work on long files that is under way. */
  readonly #preparing = new Map<string, Promise<boolean>>();
  #afterAll: (() => void) | undefined;
  readonly #resettled = new Set<() => void>();
  readonly #closing = new Set<() => void>();
  /** As an editor sent them that does not answer questions about settings. */
  #sent: Record<string, unknown> = {};

  constructor(readonly connection: Connection) {}

  get workspace() {
    return this.files.workspace;
  }

  /** Work to be done once the editor can be asked, and before it is told anything. */
  onStart(work: () => Promise<void>): void {
    this.#first.add(work);
  }

  /** The editor can be asked from now on. */
  start(): void {
    void Promise.all([...this.#first].map((work) => work())).then(this.#started, (error: Error) => {
      this.connection.console.error(error.message);
      this.#started();
    });
  }

  finishLoading(): void {
    this.isLoaded = true;
    this.#loaded();
  }

  /** Called with the files whose text changed. */
  onChange(listener: (ids: string[]) => void): void {
    this.#changed.add(listener);
  }

  changed(ids: string[]): void {
    for (const listener of this.#changed) listener(ids);
  }

  /** Called when all files have been checked for the first time. */
  onAllChecked(work: () => void): void {
    this.#afterAll = work;
  }

  allChecked(): void {
    this.#afterAll?.();
    this.#afterAll = undefined;
  }

  /** Called when the editor says goodbye. */
  onClose(work: () => void): void {
    this.#closing.add(work);
  }

  close(): void {
    for (const work of this.#closing) work();
  }

  onSettings(listener: () => void): void {
    this.#resettled.add(listener);
  }

  /** The editor says that settings are others now. */
  settingsChanged(sent: unknown): void {
    this.#sent = recordOf(recordOf(sent).brique);
    for (const listener of this.#resettled) listener();
  }

  /** The editor's settings under `brique.<section>`, for a file; without an answer those it started with. */
  async settings(section: keyof ClientOptions, uri: string): Promise<Record<string, unknown>> {
    if (!this.client.workspace?.configuration) return recordOf(this.#sent[section] ?? this.options[section]);
    const { workspace } = this.connection;
    return recordOf(await workspace.getConfiguration({ section: `brique.${section}`, scopeUri: uri }));
  }

  /**
   * The file that a request is about, once all files are known and questions about it are answered at once; undefined
   * where it is none of ours.
   */
  async find(document: { uri: string }): Promise<string | undefined> {
    await this.loaded;
    const file = this.files.find(document.uri);
    if (file !== undefined) await this.prepared(file);
    return this.files.find(document.uri);
  }

  /**
   * Whether all is known that the findings of a file rest on. Before all files are read, those are read that it names;
   * the editor has to be told should others change what was found.
   */
  async canFind(file: string): Promise<boolean> {
    if (this.isLoaded) return true;
    await Promise.race([this.#isStarted, this.loaded]);
    this.files.readNamedIn(file);
    await this.prepared(file);
    return this.isLoaded || !this.workspace.missesNames(file);
  }

  /** Once what answers about a file need is computed; other messages are answered meanwhile. */
  async prepared(file: string): Promise<void> {
    while (!this.workspace.isReady(file)) {
      const work = this.#preparing.get(file) ?? this.#prepare(file);
      this.#preparing.set(file, work);
      if (!(await work)) return;
    }
  }

  /** Answers about a file in slices; from the start again when its text changes meanwhile. */
  async answer<T>(file: string, start: () => Gradual<T>, token?: CancellationToken): Promise<T> {
    const pause = pauses();
    for (;;) {
      await this.prepared(file);
      const source = this.workspace.source(file);
      const work = start();
      for (let isCurrent = true; isCurrent; isCurrent = this.workspace.source(file) === source) {
        const step = work.next();
        if (step.done) return step.value;
        const waited = pause();
        if (!waited) continue;
        await waited;
        if (token) stopIfCancelled(token);
      }
    }
  }

  async #prepare(file: string): Promise<boolean> {
    try {
      await gradually(this.workspace.preparing(file));
      return true;
    } catch {
      // A fault of ours: whoever asks about the file meets it again, and knows whom to tell.
      return false;
    } finally {
      this.#preparing.delete(file);
    }
  }

  /** What is on the screen is looked at more closely before somebody types there. */
  async warmUp(): Promise<void> {
    for (const file of this.files.openIds()) {
      try {
        await gradually(this.workspace.warming(file));
      } catch {
        // As above.
      }
    }
  }

  async at(request: { textDocument: { uri: string }; position: Position }): Promise<At | undefined> {
    const file = await this.find(request.textDocument);
    return file === undefined ? undefined : { file, offset: this.offsetOf(file, request.position) };
  }

  offsetOf(file: string, position: Position): number {
    return this.files.lines(file).offset(position);
  }

  range(file: string, range: Range): LspRange {
    const lines = this.files.lines(file);
    return { start: lines.place(range.start), end: lines.place(range.end) };
  }

  offsets(file: string, range: LspRange): Range {
    const lines = this.files.lines(file);
    return { start: lines.offset(range.start), end: lines.offset(range.end) };
  }

  location({ file, range }: Location): LspLocation {
    return { uri: this.files.uri(file), range: this.range(file, range) };
  }

  /** With the versions that the edits were made for, where the client can hold them to it. */
  workspaceEdit(edits: TextEdit[]): WorkspaceEdit {
    const byFile = new Map<string, LspTextEdit[]>();
    for (const { file, range, text } of edits) {
      const list = byFile.get(file) ?? [];
      list.push({ range: this.range(file, range), newText: text });
      byFile.set(file, list);
    }
    if (this.client.workspace?.workspaceEdit?.documentChanges) {
      const documentChanges = [...byFile].map(([file, list]) => ({
        textDocument: { uri: this.files.uri(file), version: this.files.version(file) },
        edits: list,
      }));
      return { documentChanges };
    }
    return { changes: Object.fromEntries([...byFile].map(([file, list]) => [this.files.uri(file), list])) };
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
