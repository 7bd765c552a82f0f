import * as assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { events } from '../../../panel/runs';
import { control } from '../../host/control';
import { RecordedRun } from '../recorded';
import { brique, inPanel, root, when } from '../support';

// Reloading the window starts this file anew; a file in the folder tells the second time from the first.
describe('reloading the window', () => {
  it('brings the panel back, with what happened in between', async function () {
    this.timeout(60_000);
    const mark = join(root().uri.fsPath, '.brique/reloaded');
    if (!existsSync(mark)) return beforeReload(mark);
    const { runs } = await brique();
    await when(runs.onDidChange, () => runs.all().length === 1, 'the run is listed again');
    await inPanel('text=Confusion');
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.equal(tabs.filter((tab) => tab.input instanceof vscode.TabInputWebview).length, 1);
    const [open] = runs.all();
    await vscode.commands.executeCommand('brique.runs.open', open);
    assert.equal(
      vscode.window.tabGroups.all.flatMap((group) => group.tabs).length,
      1,
      'it is the same panel',
    );
    await control('screenshot', { name: 'reloaded' });
  });

  async function beforeReload(mark: string): Promise<void> {
    const { runs } = await brique();
    mkdirSync(join(mark, '..'), { recursive: true });
    const run = new RecordedRun('over-a-reload');
    const started = events({ until: 3 });
    run.write(started);
    const known = await when(runs.onDidChange, () => runs.get(run.folder), 'the run is listed');
    await vscode.commands.executeCommand('brique.runs.open', known);
    await inPanel('text=epoch 3 of 20');
    run.write(events({ end: 'completed' }).slice(started.length));
    writeFileSync(mark, '');
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
    // The window goes away, and this process with it.
    await new Promise<never>(() => {});
  }
});
