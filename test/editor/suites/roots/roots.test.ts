import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { control } from '../../host/control';
import { brique, findings, placeOf, useTheme, when } from '../support';
import { MemoryFiles } from './memory-files';

function folder(name: string): vscode.WorkspaceFolder {
  const found = vscode.workspace.workspaceFolders?.find((each) => each.name === name);
  assert.ok(found, name);
  return found;
}

async function open(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

const inFolder = (name: string, file: string) => vscode.Uri.joinPath(folder(name).uri, `${file}.brique.yaml`);

const severities = (found: vscode.Diagnostic[], rule: string) =>
  found
    .filter(({ code }) => (typeof code === 'object' ? code.value : code) === rule)
    .map(({ severity }) => severity);

const { Error: ERROR, Warning: WARNING } = vscode.DiagnosticSeverity;

async function definition(editor: vscode.TextEditor): Promise<string[]> {
  const targets = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    editor.document.uri,
    placeOf(editor.document, 'shared@', 2),
  );
  return targets.map((target) => ('targetUri' in target ? target.targetUri : target.uri).toString());
}

describe('a window with several folders', function () {
  this.timeout(40_000);
  before(async () => {
    await brique();
    await useTheme('dark');
  });

  it('holds bricks of the same name that do not see each other', async () => {
    const one = await open(inFolder('one', 'user'));
    assert.deepEqual(await definition(one), [inFolder('one', 'shared').toString()]);
    const two = await open(inFolder('two', 'user'));
    assert.deepEqual(await definition(two), [inFolder('two', 'shared').toString()]);
    await findings(
      two.document.uri,
      (found) => severities(found, 'dim-mismatch').length === 1,
      'the brick of its own folder does not fit',
    );
    assert.deepEqual(severities(vscode.languages.getDiagnostics(one.document.uri), 'dim-mismatch'), []);
    await control('screenshot', { name: 'two-folders' });
  });

  it('weighs rules by the settings of each folder and by its workspace file', async () => {
    const one = await open(inFolder('one', 'shared'));
    await findings(
      one.document.uri,
      (found) => severities(found, 'card-missing').includes(WARNING),
      'a warning by the settings of its folder',
    );
    const two = await open(inFolder('two', 'shared'));
    const found = await findings(
      two.document.uri,
      (all) => severities(all, 'module-untested').includes(ERROR),
      'an error by its workspace file',
    );
    assert.ok(!severities(found, 'card-missing').includes(WARNING));
    assert.ok(
      !severities(vscode.languages.getDiagnostics(one.document.uri), 'module-untested').includes(ERROR),
    );
  });

  describe('of which one lies on no disk', () => {
    const text = (name: string) =>
      readFileSync(inFolder('one', name).fsPath, 'utf8').replace(/^license.*\n/, '');
    let provider: vscode.Disposable;

    before(async () => {
      const files = new MemoryFiles({
        'shared.brique.yaml': text('shared'),
        'user.brique.yaml': text('user').replace('name: user', 'name: remote-user'),
        'model.brique.yaml': 'kind: model\nname: remote-model\nversion: 0.1.0\n',
      });
      provider = vscode.workspace.registerFileSystemProvider('memory', files, { isReadonly: true });
      const added = { uri: vscode.Uri.parse('memory:/repo'), name: 'remote' };
      const here = when(
        vscode.workspace.onDidChangeWorkspaceFolders,
        () => vscode.workspace.workspaceFolders?.some(({ name }) => name === 'remote'),
        'the folder is there',
      );
      assert.ok(vscode.workspace.updateWorkspaceFolders(2, 0, added));
      await here;
    });

    after(() => {
      vscode.workspace.updateWorkspaceFolders(2, 1);
      provider.dispose();
    });

    it('is known to the language server, file by file', async () => {
      const user = await open(inFolder('remote', 'user'));
      const [target] = await when(
        vscode.workspace.onDidOpenTextDocument,
        async () => {
          const found = await definition(user);
          return found.length > 0 && found;
        },
        'what it uses is known',
      );
      assert.equal(target, inFolder('remote', 'shared').toString());
      await findings(
        user.document.uri,
        (found) => found.every(({ severity }) => severity !== ERROR),
        'nothing is wrong with it',
      );
    });

    it('runs nothing, and says why', async () => {
      const { document } = await open(inFolder('remote', 'model'));
      await vscode.commands.executeCommand('brique.train', document.uri);
      await control('waitFor', {
        selector: '.notification-list-item:has-text("Models run only from files on disk")',
      });
      await control('screenshot', { name: 'virtual' });
      await vscode.commands.executeCommand('notifications.clearAll');
      await vscode.commands.executeCommand('brique.test', inFolder('remote', 'shared'));
      await control('waitFor', {
        selector: '.notification-list-item:has-text("Models run only from files on disk")',
      });
      await vscode.commands.executeCommand('notifications.clearAll');
      const tasks = await vscode.tasks.fetchTasks({ type: 'brique' });
      assert.ok(
        tasks.every(({ scope }) => typeof scope !== 'object' || scope.uri.scheme === 'file'),
        tasks.map(({ name }) => name).join(', '),
      );
    });
  });
});
