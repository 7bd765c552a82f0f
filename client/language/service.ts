import { type Disposable, EventEmitter, type LogOutputChannel, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Programs } from '../programs';
import { openVirtualFolders } from './virtual';

/**
 * The language server's life. Its client library is loaded after activation, so that opening a window does not
 * wait for it.
 */
export class LanguageService implements Disposable {
  readonly #ready = new EventEmitter<void>();
  readonly #subscription: Disposable;
  readonly #listeners: [method: string, listener: () => void][] = [];
  #virtual: Disposable | undefined;
  #client: Promise<LanguageClient | undefined> | undefined;

  /** The server answers, for the first time or again. */
  readonly onReady = this.#ready.event;

  constructor(
    private readonly programs: Programs,
    private readonly output: LogOutputChannel,
  ) {
    this.#subscription = workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('brique.node')) void this.restart();
    });
  }

  start(): Promise<LanguageClient | undefined> {
    this.#client ??= this.#start();
    return this.#client;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    const client = await this.#client;
    this.#client = undefined;
    await client?.dispose();
  }

  /** Told by the server, whenever one runs. */
  onNotification(method: string, listener: () => void): void {
    this.#listeners.push([method, listener]);
    void this.#client?.then((client) => client?.onNotification(method, listener));
  }

  /** Undefined where the server does not run or fails; why is in the output. */
  async request<T>(method: string, params?: object): Promise<T | undefined> {
    const client = await this.start();
    try {
      return await (params ? client?.sendRequest<T>(method, params) : client?.sendRequest<T>(method));
    } catch (error) {
      this.output.error(`${method}: ${(error as Error).message}`);
      return undefined;
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#virtual?.dispose();
    this.#ready.dispose();
    void this.stop();
  }

  async #start(): Promise<LanguageClient | undefined> {
    const { startClient } = await import('./client');
    const client = await startClient(this.programs.server, this.output, () => this.#ready.fire());
    for (const [method, listener] of this.#listeners) client?.onNotification(method, listener);
    this.#virtual ??= client && openVirtualFolders(this.output);
    return client;
  }
}
