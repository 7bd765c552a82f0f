import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { runsFolder } from '../../../../protocol/runs/read';
import { control } from '../../host/control';
import { brique, file, findings, openExample, replace, revert, root } from '../support';

describe('a workspace that is not trusted', () => {
  before(brique);
  after(revert);

  it('is checked', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const editor = await openExample('text-encoder.brique.yaml');
    await replace(editor, 'op: dropout', 'op: dropuot');
    const [error] = await findings(editor.document.uri, (found) => found.length > 0, 'the unknown op');
    assert.match(error!.message, /dropuot/);
  });

  it('runs nothing, and says what would have to be done', async () => {
    const { document } = await openExample('product-sentiment.brique.yaml');
    const asked = vscode.commands.executeCommand('brique.train', document.uri, 'product-sentiment');
    await control('waitFor', {
      selector: '.notification-list-item:has-text("Models run only in a workspace that you trust")',
    });
    await control('screenshot', { name: 'untrusted' });
    await vscode.commands.executeCommand('notifications.clearAll');
    await asked;
    const testing = vscode.commands.executeCommand('brique.test', file('text-encoder.brique.yaml'));
    await control('waitFor', {
      selector: '.notification-list-item:has-text("Models run only in a workspace that you trust")',
    });
    await vscode.commands.executeCommand('notifications.clearAll');
    await testing;
    assert.ok(!existsSync(runsFolder(root().uri.fsPath)), 'no run was made');
  });

  it('changes nothing in a registry', async () => {
    const registry = join(root().uri.fsPath, '.brique/registry');
    const version = { registry, name: 'encoder', version: '1.0.0', kind: 'module', uri: '' };
    const brick = { name: 'encoder', kind: 'module', versions: [version] };
    const asked = vscode.commands.executeCommand('brique.registry.unyank', {
      kind: 'version',
      brick,
      version,
    });
    await control('waitFor', {
      selector: '.notification-list-item:has-text("changed only in a workspace that you trust")',
    });
    await vscode.commands.executeCommand('notifications.clearAll');
    await asked;
    assert.ok(!existsSync(registry));
  });
});
