import { basename } from 'node:path';
import { type Disposable, EventEmitter, type LogOutputChannel, Uri, type WebviewPanel } from 'vscode';
import type { RunEvent } from '../../protocol/generated/run-event';
import type { FromPanel, PanelTarget, ToPanel } from '../../protocol/panel';
import { openFile, openModel, revealFolder, stopRun } from '../runs/actions';
import { fileFrom, isInside } from '../runs/paths';
import type { Run, RunChange } from '../runs/runs';
import { panelPage, webviewRoot } from './page';

/** What a person may ask a panel to start. */
export type Asked = 'train' | 'evaluate' | 'resume';

/** What a panel keeps across reloads of the window. */
export interface PanelMemory {
  folder: string;
}

/** New events are posted together, at most this often. */
const POST_MS = 100;

/** The panel of one run. The state is the extension's; the page shows what it is sent. */
export class RunPanel implements Disposable {
  readonly #closed = new EventEmitter<void>();
  readonly #start = new EventEmitter<Asked>();
  readonly #pending: RunEvent[] = [];
  /** The page has said that it is ready. */
  #loaded = false;
  /** The page is sent what happens: it is ready, and in sight. */
  #listening = false;
  /** The run's folder was deleted. */
  #gone = false;
  #post: NodeJS.Timeout | undefined;

  readonly onDidClose = this.#closed.event;
  /** A person asks to run the model again, to go on with the run, or to evaluate it. */
  readonly onDidAskToStart = this.#start.event;

  constructor(
    private readonly panel: WebviewPanel,
    readonly folder: string,
    private run: Run | undefined,
    extensionUri: Uri,
    private readonly output: LogOutputChannel,
  ) {
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
    panel.iconPath = {
      light: Uri.joinPath(extensionUri, 'client/media/run-light.svg'),
      dark: Uri.joinPath(extensionUri, 'client/media/run-dark.svg'),
    };
    panel.title = this.#title();
    panel.onDidDispose(() => this.#dispose());
    panel.onDidChangeViewState(() => {
      // A hidden page is kept, but sent nothing; what it missed comes when it is seen again.
      const seenAgain = panel.visible && this.#loaded && !this.#listening;
      this.#listening = panel.visible && this.#loaded;
      if (seenAgain) this.#show();
    });
    webview.onDidReceiveMessage((message: FromPanel) => void this.#receive(message));
    const memory: PanelMemory = { folder };
    webview.html = panelPage(webview, extensionUri, 'run-panel', panel.title, memory);
  }

  get visible(): boolean {
    return this.panel.visible;
  }

  reveal(): void {
    this.panel.reveal(undefined, false);
  }

  /** Something happened to the run. */
  update({ run, kind, events }: RunChange): void {
    if (kind === 'gone') {
      this.#gone = true;
      this.#flush();
      this.#send({ type: 'gone' });
      return;
    }
    const first = !this.run;
    this.run = run;
    if (first) {
      this.panel.title = this.#title();
      this.#show();
      return;
    }
    if (!this.#listening) return;
    if (events.length === 0) {
      this.#flush();
      this.#send({ type: 'alive', alive: run.state.status !== 'interrupted' });
      return;
    }
    this.#pending.push(...events);
    this.#post ??= setTimeout(() => this.#flush(), POST_MS);
  }

  dispose(): void {
    this.panel.dispose();
  }

  #dispose(): void {
    clearTimeout(this.#post);
    this.#closed.fire();
    this.#closed.dispose();
    this.#start.dispose();
  }

  #title(): string {
    return this.run?.state.record.model.name ?? basename(this.folder);
  }

  #flush(): void {
    clearTimeout(this.#post);
    this.#post = undefined;
    const events = this.#pending.splice(0);
    if (events.length > 0) this.#send({ type: 'events', events });
  }

  #show(): void {
    this.#pending.length = 0;
    if (this.run) this.#send({ type: 'show', state: this.run.state });
    if (!this.run || this.#gone) this.#send({ type: 'gone' });
  }

  #send(message: ToPanel): void {
    if (this.#listening) void this.panel.webview.postMessage(message);
  }

  async #receive(message: FromPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#loaded = true;
        this.#listening = this.panel.visible;
        this.#show();
        break;
      case 'stop':
        if (this.run) await stopRun(this.run, message.force);
        break;
      case 'start':
        this.#start.fire(message.command);
        break;
      case 'resume':
        this.#start.fire('resume');
        break;
      case 'open':
        if (this.run) await openTarget(this.run, message.target);
        break;
      case 'error':
        this.output.error(`Panel of ${this.#title()}: ${message.message}`);
        break;
    }
  }
}

async function openTarget(run: Run, target: PanelTarget): Promise<void> {
  switch (target.what) {
    case 'model':
      return openModel(run);
    case 'folder':
      return revealFolder(run);
    case 'file': {
      const folder = Uri.file(run.folder);
      const uri = fileFrom(folder, target.file);
      if (isInside(folder, uri)) await openFile(uri, `${target.file} is not in the run's folder.`);
      return;
    }
    case 'source': {
      const uri = fileFrom(run.root.uri, target.file);
      return openFile(uri, `${target.file} is no longer there.`, target.line);
    }
  }
}
