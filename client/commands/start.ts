import { Uri, window, workspace } from 'vscode';
import { canResume } from '../../protocol/runs/fold';
import { mayRun } from '../may-run';
import { foldersOnDisk, type Model, type Models, pickModel } from '../models';
import { modelUri } from '../runs/actions';
import type { Run } from '../runs/runs';
import type { Launches } from '../tasks/launches';
import type { BriqueTasks } from '../tasks/provider';

export type Start = 'train' | 'evaluate';

/** Starts training and evaluation, from wherever it was asked for. */
export class Starter {
  constructor(
    private readonly models: Models,
    private readonly tasks: BriqueTasks,
    private readonly launches: Launches,
  ) {}

  /**
   * From a lens (file and model are given), the explorer (the file), or the palette (nothing: the file in the active
   * editor, else any model of the workspace).
   */
  async start(command: Start, target?: unknown, name?: unknown): Promise<void> {
    if (!(await mayRun(uriOf(target)))) return;
    const model = await this.#choose(command, uriOf(target), typeof name === 'string' ? name : undefined);
    if (model) await this.launches.start(this.tasks.of(model, command));
  }

  /** Trains a run's model again, or evaluates the run's weights. */
  async startFrom(run: Run, command: Start): Promise<void> {
    if (!(await mayRun(run.root.uri))) return;
    const { record } = run.state;
    const model: Model = {
      name: record.model.name,
      version: record.model.version,
      uri: modelUri(run),
      folder: run.root,
    };
    const of = record.kind === 'evaluate' ? record.of : record.id;
    const args = command === 'evaluate' && of ? ['--run', of] : undefined;
    await this.launches.start(this.tasks.of(model, command, args));
  }

  /** Goes on with a run that did not come to its end. */
  async resume(run: Run): Promise<void> {
    const { record } = run.state;
    if (!canResume(run.state) || !(await mayRun(run.root.uri))) return;
    await this.launches.start(this.tasks.ofRun(run.root, record.id, record.model.name));
  }

  async check(): Promise<void> {
    if (!(await mayRun())) return;
    const folders = foldersOnDisk();
    if (folders.length === 0) void window.showInformationMessage('Open a folder to check its files.');
    for (const folder of folders) await this.launches.start(this.tasks.ofFolder(folder, 'check'));
  }

  async #choose(command: Start, uri: Uri | undefined, name: string | undefined): Promise<Model | undefined> {
    const all = await this.models.refresh();
    const file = uri ?? window.activeTextEditor?.document.uri;
    const here = all.filter((model) => model.uri.fsPath === file?.fsPath);
    const named = name === undefined ? here : here.filter((model) => model.name === name);
    const title = command === 'train' ? 'Train' : 'Evaluate';
    if (named.length > 0) return pickModel(named, title);
    if (uri) {
      const what = name === undefined ? 'no model' : `no model called ${name}`;
      void window.showWarningMessage(`${workspace.asRelativePath(uri)} holds ${what}.`);
      return undefined;
    }
    if (all.length === 0) {
      void window.showInformationMessage(
        'There is no model in this workspace: a file ending in .brique.yaml with `kind: model`.',
      );
    }
    return pickModel(all, title);
  }
}

function uriOf(target: unknown): Uri | undefined {
  if (target instanceof Uri) return target;
  return typeof target === 'string' ? Uri.parse(target) : undefined;
}
