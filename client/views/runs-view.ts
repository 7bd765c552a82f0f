import {
  Disposable,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
  workspace,
} from 'vscode';
import type { Run, RunChange, Runs } from '../runs/runs';
import { runItem } from './run-item';

/** Running runs change many times a second; rows are drawn at most this often. */
const DRAW_MS = 200;
/** Ages such as "5 min ago" go stale. */
const AGE_MS = 60_000;

/** The list of runs in the side bar. */
export class RunsView implements TreeDataProvider<Run>, Disposable {
  readonly #changed = new EventEmitter<Run | undefined>();
  readonly #subscriptions: Disposable;
  readonly #view: TreeView<Run>;
  readonly #ages: NodeJS.Timeout;
  readonly #stale = new Set<Run>();
  #listChanged = false;
  #draw: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly runs: Runs) {
    this.#view = window.createTreeView('brique.runs', {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: false,
    });
    this.#subscriptions = Disposable.from(
      this.#view,
      this.#changed,
      runs.onDidChange((change) => this.#mark(change)),
    );
    this.#ages = setInterval(() => this.#view.visible && this.#changed.fire(undefined), AGE_MS);
  }

  getChildren(parent?: Run): Run[] {
    return parent ? [] : this.runs.all();
  }

  getTreeItem(run: Run): TreeItem {
    return runItem(run, (workspace.workspaceFolders?.length ?? 0) > 1);
  }

  getParent(): undefined {
    return undefined;
  }

  get selection(): readonly Run[] {
    return this.#view.selection;
  }

  dispose(): void {
    clearInterval(this.#ages);
    clearTimeout(this.#draw);
    this.#subscriptions.dispose();
  }

  #mark({ run, kind }: RunChange): void {
    if (kind === 'moved on') this.#stale.add(run);
    else this.#listChanged = true;
    this.#draw ??= setTimeout(() => this.#redraw(), DRAW_MS);
  }

  #redraw(): void {
    this.#draw = undefined;
    const running = this.runs.running().length;
    this.#view.badge =
      running > 0
        ? { value: running, tooltip: running === 1 ? '1 run is running' : `${running} runs are running` }
        : undefined;
    if (this.#listChanged) this.#changed.fire(undefined);
    else for (const run of this.#stale) this.#changed.fire(run);
    this.#stale.clear();
    this.#listChanged = false;
  }
}
