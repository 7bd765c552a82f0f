import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { control } from '../host/control';

describe('VS Code', () => {
  it('opens a file of the example and shows it', async () => {
    console.log(`VS Code ${vscode.version}`);
    const [file] = await vscode.workspace.findFiles('**/*', undefined, 1);
    assert.ok(file);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    await control('waitFor', { selector: '.monaco-editor .view-lines' });
    await control('screenshot', { name: 'smoke' });
  });
});
