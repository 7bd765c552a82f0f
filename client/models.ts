import {
  commands,
  Disposable,
  EventEmitter,
  type QuickPickItem,
  Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import { MODELS_REQUEST, type ModelSummary } from '../protocol/models';
import type { LanguageService } from './language/service';

export interface Model {
  name: string;
  version: string | undefined;
  uri: Uri;
  folder: WorkspaceFolder;
}

/** Changes of files that come close together are asked about once. */
const SETTLE_MS = 300;

/** The models of the workspace, as the language server sees them; menus show ▶ on their files. */
export class Models implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: Disposable;
  #timer: NodeJS.Timeout | undefined;
  #all: Model[] = [];

  readonly onDidChange = this.#changed.event;

  constructor(private readonly language: LanguageService) {
    const files = workspace.createFileSystemWatcher('**/*.brique.yaml');
    const soon = () => this.#soon();
    this.#subscriptions = Disposable.from(
      files,
      files.onDidCreate(soon),
      files.onDidChange(soon),
      files.onDidDelete(soon),
      language.onReady(soon),
      workspace.onDidChangeWorkspaceFolders(soon),
    );
  }

  /** Asks the server anew. */
  async refresh(): Promise<Model[]> {
    const found = (await this.language.request<ModelSummary[]>(MODELS_REQUEST)) ?? [];
    this.#all = found.flatMap(({ name, version, uri: text }) => {
      const uri = Uri.parse(text);
      const folder = workspace.getWorkspaceFolder(uri);
      return folder?.uri.scheme === 'file' ? [{ name, version, uri, folder }] : [];
    });
    const paths = this.#all.map((model) => model.uri.fsPath);
    await commands.executeCommand('setContext', 'brique.modelFiles', paths);
    this.#changed.fire();
    return this.#all;
  }

  /** The models that one file declares. */
  async inFile(uri: Uri): Promise<Model[]> {
    const all = await this.refresh();
    return all.filter((model) => model.uri.fsPath === uri.fsPath);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), SETTLE_MS);
  }
}

/** Where something can run. */
export function foldersOnDisk(): WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

/** Lets a person choose; the only one is chosen at once. */
export async function pickModel(models: readonly Model[], title: string): Promise<Model | undefined> {
  if (models.length <= 1) return models[0];
  const items = models.map((model): QuickPickItem & { model: Model } => ({
    label: model.name,
    description: [model.version, workspace.asRelativePath(model.uri)].filter(Boolean).join(' · '),
    model,
  }));
  const picked = await window.showQuickPick(items, { title, placeHolder: 'Which model?' });
  return picked?.model;
}
