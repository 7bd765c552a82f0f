import { resolve } from 'node:path';
import {
  Disposable,
  EventEmitter,
  type LogOutputChannel,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
  workspace,
} from 'vscode';
import { readRun, runsFolder } from '../../protocol/runs/read';
import type { Run, Runs } from '../runs/runs';
import { type Asked, type PanelMemory, RunPanel } from './run-panel';

const VIEW_TYPE = 'brique.run';

/** The open panels: one for each run at most. */
export class RunPanels implements WebviewPanelSerializer<PanelMemory>, Disposable {
  readonly #open = new Map<string, RunPanel>();
  readonly #start = new EventEmitter<{ run: Run; command: Asked }>();
  readonly #subscriptions: Disposable;

  readonly onDidAskToStart = this.#start.event;

  constructor(
    private readonly runs: Runs,
    private readonly extensionUri: Uri,
    private readonly output: LogOutputChannel,
  ) {
    this.#subscriptions = Disposable.from(
      this.#start,
      window.registerWebviewPanelSerializer(VIEW_TYPE, this),
      runs.onDidChange((change) => this.#open.get(change.run.folder)?.update(change)),
    );
  }

  show(run: Run, preserveFocus = false): void {
    const open = this.#open.get(run.folder);
    if (open) {
      open.reveal();
      return;
    }
    const column = window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active;
    const panel = window.createWebviewPanel(
      VIEW_TYPE,
      run.state.record.model.name,
      { viewColumn: column, preserveFocus },
      { enableScripts: true, enableFindWidget: true, retainContextWhenHidden: true },
    );
    this.#adopt(panel, run.folder, run);
  }

  isVisible(folder: string): boolean {
    return this.#open.get(folder)?.visible ?? false;
  }

  /** After a reload of the window; the run may have gone on, or away, in between. */
  async deserializeWebviewPanel(panel: WebviewPanel, memory: PanelMemory | undefined): Promise<void> {
    const folder = memory?.folder;
    if (!folder || this.#open.has(folder)) return panel.dispose();
    const run = this.runs.get(folder) ?? readFromDisk(folder);
    this.#adopt(panel, folder, run);
  }

  dispose(): void {
    for (const panel of this.#open.values()) panel.dispose();
    this.#subscriptions.dispose();
  }

  #adopt(webviewPanel: WebviewPanel, folder: string, run: Run | undefined): void {
    const panel = new RunPanel(webviewPanel, folder, run, this.extensionUri, this.output);
    this.#open.set(folder, panel);
    panel.onDidClose(() => this.#open.delete(folder));
    panel.onDidAskToStart((command) => {
      const known = this.runs.get(folder);
      if (known) this.#start.fire({ run: known, command });
    });
  }
}

/** Before the watcher has come to it. What lies outside the workspace's runs is not read. */
function readFromDisk(folder: string): Run | undefined {
  const root = workspace.workspaceFolders?.find(
    ({ uri }) => resolve(folder, '..') === runsFolder(uri.fsPath),
  );
  const state = root ? readRun(folder) : undefined;
  return root && state ? { folder, root, state } : undefined;
}
