/** What the suites share: the extension's own view of things, and waits that end when something happens. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BriqueExtension } from '../../../client/extension';
import { control } from '../host/control';

export async function brique(): Promise<BriqueExtension> {
  const extension = vscode.extensions.getExtension<BriqueExtension>('brique.brique');
  assert.ok(extension, 'the extension is there');
  return extension.activate();
}

export function root(): vscode.WorkspaceFolder {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return folder;
}

export function file(name: string): vscode.Uri {
  return vscode.Uri.joinPath(root().uri, name);
}

export async function openExample(name: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(file(name));
  return vscode.window.showTextDocument(document, { preview: false });
}

/** The first answer that is one, asked for again after every event. */
export function when<T>(
  event: vscode.Event<unknown>,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  what: string | (() => string),
  limitMs = 15_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      clearTimeout(timer);
      subscription.dispose();
      act();
    };
    const look = async () => {
      const answer = await ask();
      if (answer !== undefined && answer !== false) finish(() => resolve(answer));
    };
    const timer = setTimeout(
      () =>
        finish(() =>
          reject(new Error(`${typeof what === 'string' ? what : what()}: not within ${limitMs / 1000} s`)),
        ),
      limitMs,
    );
    const again = () => look().catch((error) => finish(() => reject(error)));
    const subscription = event(again);
    again();
  });
}

/** The findings of a file, once they are as wanted. */
export function findings(
  uri: vscode.Uri,
  wanted: (found: vscode.Diagnostic[]) => boolean,
  what: string,
): Promise<vscode.Diagnostic[]> {
  const ask = () => {
    const found = vscode.languages.getDiagnostics(uri);
    return wanted(found) && found;
  };
  const there = () => {
    const messages = vscode.languages.getDiagnostics(uri).map(({ message }) => message);
    return `${what}, where there is ${JSON.stringify(messages)}`;
  };
  return when(vscode.languages.onDidChangeDiagnostics, ask, there);
}

/** Puts text in place of the first that matches. */
export async function replace(editor: vscode.TextEditor, text: string | RegExp, by: string): Promise<void> {
  const { document } = editor;
  const found = typeof text === 'string' ? text : document.getText().match(text)?.[0];
  const start = found === undefined ? -1 : document.getText().indexOf(found);
  assert.ok(found !== undefined && start >= 0, `the document holds ${text}`);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + found.length));
  assert.ok(await editor.edit((edit) => edit.replace(range, by)));
}

/** The place of some text, or of what stands some characters after its start. */
export function placeOf(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.notEqual(at, -1, `the document holds ${text}`);
  return document.positionAt(at + offset);
}

/** Every file as it is on disk: whatever starts a task saves what is left open. */
export async function revert(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
}

export async function useTheme(name: 'dark' | 'light' | 'high contrast'): Promise<void> {
  const themes = {
    dark: ['Default Dark Modern', '.monaco-workbench.vs-dark'],
    light: ['Default Light Modern', '.monaco-workbench.vs'],
    'high contrast': ['Default High Contrast', '.monaco-workbench.hc-black'],
  } as const;
  const [theme, selector] = themes[name];
  await vscode.workspace
    .getConfiguration('workbench')
    .update('colorTheme', theme, vscode.ConfigurationTarget.Global);
  await control('waitFor', { selector });
}

/** What the panel of the example's model is found by. */
export const frame = 'product-sentiment';

/** Waits for something in the panel; a webview takes seconds to start on a busy machine. */
export async function inPanel(selector: string): Promise<void> {
  await control('waitFor', { frame, selector, timeout: 30_000 });
}
