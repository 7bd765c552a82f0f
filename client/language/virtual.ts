/** Folders that lie elsewhere than on disk, such as a repository on a web site. */
import {
  type Disposable,
  FileType,
  type LogOutputChannel,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';

const SOURCE_ENDING = '.brique.yaml';
/** Each is fetched over the network. */
const MOST_FILES = 500;
const SKIPPED = new Set(['node_modules', '.git', '.brique', 'out', 'dist']);

/**
 * The language server reads folders on disk by itself. Files of other folders become known to it by being opened as
 * documents, which the editor closes again without showing them.
 */
export function openVirtualFolders(output: LogOutputChannel): Disposable {
  const openAll = async (folders: readonly WorkspaceFolder[]) => {
    for (const folder of folders)
      if (folder.uri.scheme !== 'file')
        await openSources(folder.uri).catch((error: Error) =>
          output.warn(`${folder.name} cannot be read: ${error.message}`),
        );
  };
  void openAll(workspace.workspaceFolders ?? []);
  return workspace.onDidChangeWorkspaceFolders(({ added }) => void openAll(added));
}

async function openSources(root: Uri): Promise<void> {
  const folders = [root];
  let count = 0;
  for (let folder = folders.shift(); folder; folder = folders.shift()) {
    for (const [name, type] of await workspace.fs.readDirectory(folder)) {
      const uri = Uri.joinPath(folder, name);
      if (type === FileType.Directory && !SKIPPED.has(name)) folders.push(uri);
      else if (type === FileType.File && name.endsWith(SOURCE_ENDING)) {
        if (++count > MOST_FILES) return;
        await workspace.openTextDocument(uri);
      }
    }
  }
}
