import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { control } from '../host/control';
import { brique, findings, openExample, replace, revert, useTheme } from './support';

const BRICK = 'text-encoder.brique.yaml';
const row = (name: string) => `.test-explorer .monaco-list-row:has-text("${name}")`;
const icon = (state: 'passed' | 'failed') => `.codicon-testing-${state}-icon`;

describe('tests of bricks in the editor', () => {
  before(async () => {
    await brique();
    await useTheme('dark');
    await vscode.commands.executeCommand('brique.runs.focus');
    await vscode.commands.executeCommand('workbench.view.testing.focus');
  });
  after(async () => {
    await revert();
    await vscode.commands.executeCommand('testing.clearTestResults');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are listed by brick, and run from there', async function () {
    this.timeout(60_000);
    await control('waitFor', { selector: row('domain-adapter') });
    await control('hover', { selector: row('text-encoder') });
    await control('click', { selector: `${row('text-encoder')} .action-label.codicon-testing-run-icon` });
    await control('waitFor', { selector: `${row('text-encoder')} ${icon('passed')}`, timeout: 30_000 });
    assert.deepEqual(await control('texts', { selector: `${row('domain-adapter')} ${icon('passed')}` }), []);
  });

  it('show what failed at its line, from the lens too', async function () {
    this.timeout(60_000);
    const editor = await openExample(BRICK);
    // Ids up to 95, of which the brick knows 50: only running it can tell.
    await replace(editor, 'tokens: zeros[4, 12]', 'tokens: arange[8, 12]');
    await replace(editor, 'features: float32[4, 16]', 'features: float32[8, 16]');
    await findings(editor.document.uri, (found) => found.length === 0, 'no findings');
    await control('click', { selector: '.codelens-decoration a:has-text("Test")' });
    await control('waitFor', { selector: `${row('text-encoder')} ${icon('failed')}`, timeout: 30_000 });
    await control('waitFor', {
      selector: '.test-error-content-widget:has-text("embedded could not be computed")',
    });
    await control('screenshot', { name: 'test-failed' });
  });

  it('is a task too', async function () {
    this.timeout(60_000);
    await replace(await openExample(BRICK), 'tokens: arange[8, 12]', 'tokens: ones[8, 12]');
    await vscode.workspace.saveAll();
    const [task] = (await vscode.tasks.fetchTasks({ type: 'brique' })).filter(({ name }) => name === 'test');
    assert.ok(task);
    const exit = new Promise<number | undefined>((resolve) => {
      const subscription = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== 'test') return;
        subscription.dispose();
        resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    assert.equal(await exit, 0);
  });
});
