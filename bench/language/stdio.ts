/** A small editor: it starts a language server over stdio, opens a file, types, and waits for the findings. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { schemaSettings } from './rival';

const repository = join(__dirname, '../..');

export type ServerName = 'brique' | 'yaml-language-server';

const PROGRAMS: Record<ServerName, string[]> = {
  brique: [join(repository, 'dist/server.cjs'), '--stdio'],
  'yaml-language-server': [
    join(repository, 'node_modules/yaml-language-server/bin/yaml-language-server'),
    '--stdio',
  ],
};

export interface Position {
  line: number;
  character: number;
}

export class Editor {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #spawned = performance.now();
  #arrived: ((params: { uri: string; version?: number }) => void) | undefined;
  #version = 1;

  constructor(
    readonly server: ServerName,
    readonly folder: string,
    env: NodeJS.ProcessEnv = process.env,
  ) {
    this.#child = spawn(process.execPath, PROGRAMS[server], { stdio: ['pipe', 'pipe', 'ignore'], env });
    this.#connection = createMessageConnection(
      new StreamMessageReader(this.#child.stdout!),
      new StreamMessageWriter(this.#child.stdin!),
    );
    this.#connection.onNotification('textDocument/publishDiagnostics', (params) => this.#arrived?.(params));
    this.#connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
      items.map(({ section }) => (section === 'yaml' ? yamlSettings() : null)),
    );
    this.#connection.onRequest(() => null);
    this.#connection.listen();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Milliseconds from the start of the process to the findings of the file. */
  async firstFindings(file: string): Promise<number> {
    const uri = pathToFileURL(this.folder).href;
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'bench' }],
      capabilities: {
        textDocument: { publishDiagnostics: {}, ...this.#pulls },
        workspace: {
          configuration: this.server !== 'brique',
          workspaceFolders: true,
          // As VS Code; findings that come early may change once all files are read.
          diagnostics: { refreshSupport: true },
        },
      },
    });
    await this.#connection.sendNotification('initialized', {});
    const path = join(this.folder, file);
    const document = { uri: pathToFileURL(path).href, languageId: 'yaml', version: 1 };
    const found = this.#findings(document.uri, 1);
    const text = readFileSync(path, 'utf8');
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument: { ...document, text } });
    await found;
    return performance.now() - this.#spawned;
  }

  async open(file: string, text: string): Promise<void> {
    const textDocument = { uri: this.#uriOf(file), languageId: 'yaml', version: ++this.#version, text };
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Types over as many characters as `text` has. */
  async overwrite(file: string, { line, character }: Position, text: string): Promise<void> {
    const end = { line, character: character + text.length };
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.#uriOf(file), version: ++this.#version },
      contentChanges: [{ range: { start: { line, character }, end }, text }],
    });
  }

  /** Asks something about a file. */
  ask(method: string, file: string, more: object): Promise<unknown> {
    return this.#connection.sendRequest(method, { textDocument: { uri: this.#uriOf(file) }, ...more });
  }

  /** Milliseconds from one character that is typed over another to the findings of the file. */
  async type(file: string, place: Position, character: string): Promise<number> {
    const start = performance.now();
    const found = this.#findings(this.#uriOf(file), this.#version + 1);
    await this.overwrite(file, place, character);
    await found;
    return performance.now() - start;
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.#connection.sendRequest(method, params);
  }

  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    await this.#connection.sendRequest('shutdown');
    await this.#connection.sendNotification('exit');
    await gone;
    this.#connection.dispose();
  }

  #uriOf(file: string): string {
    return pathToFileURL(join(this.folder, file)).href;
  }

  /** Brique is asked, as VS Code does; the other sends its findings by itself and knows no other way. */
  get #pulls() {
    return this.server === 'brique' ? { diagnostic: {} } : {};
  }

  async #findings(uri: string, version: number): Promise<void> {
    if (this.server === 'brique') {
      // After the change has been written.
      await Promise.resolve();
      await this.#connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
      return;
    }
    await new Promise<void>((resolve) => {
      this.#arrived = (params) => {
        if (params.uri === uri && (params.version ?? version) >= version) resolve();
      };
    });
  }
}

export function placeBehind(text: string, words: string | RegExp): Position {
  const [found] = (typeof words === 'string' ? [words] : words.exec(text)) ?? [];
  const start = found === undefined ? -1 : text.indexOf(found);
  if (found === undefined || start < 0) throw new Error(`There is no ${words} in ${text.split('\n')[0]}`);
  const lines = text.slice(0, start + found.length).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

function yamlSettings() {
  const schemas = Object.fromEntries(schemaSettings().map(({ uri, fileMatch }) => [uri, fileMatch]));
  return { validate: true, hover: false, completion: false, schemas, schemaStore: { enable: false } };
}

/** Megabytes that a process holds in memory. */
export function memoryOf(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return (pages * 4096) / 2 ** 20;
}
