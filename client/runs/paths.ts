import { isAbsolute, relative, resolve, sep } from 'node:path';
import { Uri, type WorkspaceFolder } from 'vscode';

/** A file's path from its workspace folder on, with forward slashes, as records and tasks hold it. */
export function relativeTo(folder: WorkspaceFolder, uri: Uri): string {
  return relative(folder.uri.fsPath, uri.fsPath).split(sep).join('/');
}

/** The file that a path names, from a folder on. */
export function fileFrom(folder: Uri, path: string): Uri {
  return isAbsolute(path) ? Uri.file(path) : Uri.file(resolve(folder.fsPath, path));
}

/** Whether a file lies in a folder: what a run's files say is not taken at its word. */
export function isInside(folder: Uri, uri: Uri): boolean {
  const path = relative(folder.fsPath, uri.fsPath);
  return path !== '' && !path.startsWith('..') && !isAbsolute(path);
}
