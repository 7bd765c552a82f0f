import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { control } from '../host/control';
import { brique, useTheme } from './support';

describe('getting started', function () {
  this.timeout(60_000);
  before(brique);

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('shows the walkthrough', async () => {
    await useTheme('dark');
    await vscode.commands.executeCommand('brique.openWalkthrough');
    await control('waitFor', { selector: '.getting-started-step:has-text("Write a model")' });
    await control('waitFor', { frame: 'A file, a meaning', selector: 'h2', timeout: 30_000 });
    await control('screenshot', { name: 'walkthrough' });
  });

  it('starts a new file from the snippet of its kind', async () => {
    const asked = vscode.commands.executeCommand('brique.newFile');
    await control('waitFor', { selector: '.quick-input-list-row:has-text("Model")' });
    await control('press', { key: 'Enter' });
    await asked;
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'brique');
    assert.match(document.getText(), /^kind: model\nname: my-model/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
