import * as vscode from 'vscode';

/** A folder that lies on no disk, as a repository on a web site does not. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #files: ReadonlyMap<string, Uint8Array>;

  /** By name, all in one folder. */
  constructor(files: Record<string, string>) {
    this.#files = new Map(
      Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]),
    );
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const size = this.#nameOf(uri) === '' ? 0 : this.readFile(uri).length;
    const type = this.#nameOf(uri) === '' ? vscode.FileType.Directory : vscode.FileType.File;
    return { type, ctime: 0, mtime: 0, size };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    if (this.#nameOf(uri) !== '') throw vscode.FileSystemError.FileNotADirectory(uri);
    return [...this.#files.keys()].map((name) => [name, vscode.FileType.File]);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const found = this.#files.get(this.#nameOf(uri));
    if (!found) throw vscode.FileSystemError.FileNotFound(uri);
    return found;
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #nameOf(uri: vscode.Uri): string {
    return uri.path.replace(/^\/repo\/?/, '');
  }
}
