import { PassThrough } from 'node:stream';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type {
  ClientCapabilities,
  Diagnostic,
  InitializeResult,
  Position,
  PublishDiagnosticsParams,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { createConnection } from 'vscode-languageserver/node';
import { uriOf } from '../../server/paths';
import { serve } from '../../server/serve';

export const pulls: ClientCapabilities = {
  textDocument: {
    diagnostic: { relatedDocumentSupport: true, relatedInformation: true },
    completion: { completionItem: { snippetSupport: true } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
  workspace: {
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
};

/** What an editor does, without the editor: it keeps texts, and speaks the protocol over streams. */
export class Client {
  readonly published: PublishDiagnosticsParams[] = [];
  readonly asked: { method: string; params: unknown }[] = [];
  /** What the server wrote to its log. */
  readonly logged: string[] = [];
  readonly #answers = new Map<string, (params: never) => unknown>();
  readonly #texts = new Map<string, { text: string; version: number }>();
  #waiting: (() => void)[] = [];

  constructor(readonly connection: MessageConnection) {
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.#wake();
    });
    connection.onRequest((method, params) => {
      this.asked.push({ method, params });
      this.#wake();
      return this.#answers.get(method)?.(params as never) ?? null;
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.logged.push(message);
      this.#wake();
    });
    connection.listen();
  }

  /** What the server is told when it asks. */
  answer<P>(method: string, answer: (params: P) => unknown): void {
    this.#answers.set(method, answer as (params: never) => unknown);
  }

  async start(
    folders: string[],
    capabilities: ClientCapabilities = pulls,
    initializationOptions: object = {},
  ): Promise<InitializeResult> {
    const workspaceFolders = folders.map((folder) => ({ uri: uriOf(folder), name: folder }));
    this.answer('workspace/workspaceFolders', () => workspaceFolders);
    const params = { processId: null, rootUri: null, workspaceFolders, capabilities, initializationOptions };
    const result = await this.connection.sendRequest<InitializeResult>('initialize', params);
    await this.connection.sendNotification('initialized', {});
    return result;
  }

  request<T>(method: string, params?: unknown): Promise<T> {
    return params === undefined
      ? this.connection.sendRequest(method)
      : this.connection.sendRequest(method, params);
  }

  async open(uri: string, text: string, version = 1): Promise<void> {
    this.#texts.set(uri, { text, version });
    const textDocument = { uri, languageId: 'brique', version, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Replaces the first `old` with `text`, as one incremental change. */
  async type(uri: string, old: string, text: string): Promise<void> {
    const document = this.#texts.get(uri)!;
    const start = document.text.indexOf(old);
    if (start < 0) throw new Error(`no ${old}`);
    const range = { start: placeIn(document.text, start), end: placeIn(document.text, start + old.length) };
    document.text = document.text.slice(0, start) + text + document.text.slice(start + old.length);
    document.version += 1;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: [{ range, text }],
    });
  }

  /** The whole text of an open document. */
  async replace(uri: string, text: string): Promise<void> {
    const document = this.#texts.get(uri)!;
    document.text = text;
    document.version += 1;
    const textDocument = { uri, version: document.version };
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument,
      contentChanges: [{ text }],
    });
  }

  text(uri: string): string {
    return this.#texts.get(uri)!.text;
  }

  version(uri: string): number {
    return this.#texts.get(uri)!.version;
  }

  /** The place right after the first `words` of an open document, plus some characters. */
  after(uri: string, words: string, more = 0): { textDocument: { uri: string }; position: Position } {
    const text = this.text(uri);
    const at = text.indexOf(words);
    if (at < 0) throw new Error(`no ${words}`);
    return { textDocument: { uri }, position: placeIn(text, at + words.length + more) };
  }

  async pull(uri: string, previousResultId?: string) {
    return this.request<{
      kind: string;
      resultId: string;
      items: Diagnostic[];
      relatedDocuments?: Record<string, { items: Diagnostic[] }>;
    }>('textDocument/diagnostic', {
      textDocument: { uri },
      ...(previousResultId ? { previousResultId } : {}),
    });
  }

  /** The text of an open document after an edit. */
  applied(uri: string, edit: WorkspaceEdit): string {
    const changes = edit.documentChanges
      ? edit.documentChanges.flatMap((change) =>
          'edits' in change && change.textDocument.uri === uri ? change.edits : [],
        )
      : (edit.changes?.[uri] ?? []);
    return apply(this.text(uri), changes as TextEdit[]);
  }

  /** Resolves when something that arrives, or has arrived, makes the test true. */
  async until<T>(test: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = test();
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async stop(): Promise<void> {
    await this.request('shutdown');
    this.connection.dispose();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/** A server in this process and a client of it, over streams in memory. */
export function connect(): Client {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  serve(createConnection(toServer, toClient));
  return new Client(
    createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer)),
  );
}

export function said({ message }: Diagnostic): string {
  return typeof message === 'string' ? message : message.value;
}

export function placeIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\n/);
  return { line: before.length - 1, character: before.at(-1)!.length };
}

/** The text that a range covers. */
export function covered(text: string, range: Range): string {
  return text.slice(offsetIn(text, range.start), offsetIn(text, range.end));
}

export function apply(text: string, edits: TextEdit[]): string {
  return [...edits]
    .sort((a, b) => offsetIn(text, b.range.start) - offsetIn(text, a.range.start))
    .reduce(
      (changed, { range, newText }) =>
        changed.slice(0, offsetIn(text, range.start)) + newText + changed.slice(offsetIn(text, range.end)),
      text,
    );
}

function offsetIn(text: string, { line, character }: Position): number {
  let start = 0;
  for (let at = 0; at < line; at++) start = text.indexOf('\n', start) + 1;
  return start + character;
}
