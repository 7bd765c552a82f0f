import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunChange } from '../../../client/runs/runs';
import { STOP_FILE } from '../../../protocol/runs/read';
import { events } from '../../panel/runs';
import { control } from '../host/control';
import { idleProcess, RecordedRun } from './recorded';
import { brique, frame, inPanel, openExample, useTheme, when } from './support';

const rows = '.pane-body .monaco-list-row';
const row = (text: string) => `${rows}:has-text("${text}")`;
const upToEpoch = (epoch: number) => events({ until: epoch });

describe('runs in the editor', function () {
  this.timeout(60_000);
  const made: RecordedRun[] = [];
  const make = (...args: ConstructorParameters<typeof RecordedRun>) => {
    const run = new RecordedRun(...args);
    made.push(run);
    return run;
  };

  before(async () => {
    await brique();
    await vscode.commands.executeCommand('brique.runs.focus');
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { runs } = await brique();
    for (const run of made.splice(0)) {
      const known = runs.get(run.folder);
      run.delete();
      if (known) await when(runs.onDidChange, () => !runs.get(run.folder), `${run.id} is gone`);
    }
  });

  /** The run as the extension knows it, once it is as wanted. */
  async function known(run: RecordedRun, wanted: (change: RunChange['run']) => boolean, what: string) {
    const { runs } = await brique();
    return when(
      runs.onDidChange,
      () => {
        const found = runs.get(run.folder);
        return found && wanted(found) ? found : undefined;
      },
      what,
    );
  }

  it('says what to do where there are none', async () => {
    await control('waitFor', { selector: '.welcome-view-content:has-text("No runs yet")' });
  });

  it('lists a run that somebody else started, and follows it to its end', async () => {
    const run = make('listed');
    run.write(upToEpoch(3));
    await control('waitFor', { selector: row('3/20 · accuracy') });
    await control('waitFor', { selector: '.statusbar-item:has-text("product-sentiment: epoch 3/20")' });
    await control('screenshot', { name: 'runs-view-running' });
    run.write(events({ end: 'completed' }).slice(upToEpoch(3).length));
    await control('waitFor', { selector: row('accuracy 0.813') });
    const [label] = (await control('evaluate', {
      expression: `[...document.querySelectorAll('${rows}')].map((row) => row.getAttribute('aria-label'))`,
    })) as string[];
    assert.match(label!, /^product-sentiment, training, Completed, accuracy 0\.813, now/);
    await control('waitFor', {
      selector: '.statusbar-item:has-text("product-sentiment")',
      state: 'hidden',
    });
  });

  it('shows a run live in its panel, once however often it is opened', async () => {
    const run = make('watched');
    run.write(upToEpoch(2));
    const found = await known(run, ({ state }) => state.epoch === 2, 'epoch 2');
    await vscode.commands.executeCommand('brique.runs.open', found);
    await inPanel('text=epoch 2 of 20');
    run.write(upToEpoch(9).slice(upToEpoch(2).length));
    await inPanel('text=epoch 9 of 20');
    await vscode.commands.executeCommand('brique.runs.open', found);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.equal(tabs.filter((tab) => tab.input instanceof vscode.TabInputWebview).length, 1);

    for (const theme of ['dark', 'light', 'high contrast'] as const) {
      await useTheme(theme);
      await control('screenshot', { name: `editor-panel-running-${theme}` });
    }
    await useTheme('dark');
    run.write(events({ end: 'completed' }).slice(upToEpoch(9).length));
    await inPanel('text=Confusion');
    const texts = (await control('texts', { frame, selector: '.requirements li' })).join('\n');
    assert.match(texts, /sentiment\.accuracy 0\.813\s*met: ≥ 0\.75/);
    assert.match(texts, /sentiment\.f1 0\.808\s*not met: ≥ 0\.85/);
  });

  it('stops a run by its panel, whoever started it', async () => {
    const run = make('stopped');
    run.write(upToEpoch(2));
    const found = await known(run, ({ state }) => state.epoch === 2, 'epoch 2');
    await vscode.commands.executeCommand('brique.runs.open', found);
    await control('click', { frame, selector: 'vscode-button:has-text("Stop")' });
    await inPanel('text=Stopping');
    assert.ok(existsSync(join(run.folder, STOP_FILE)), 'the run was asked to stop');
    run.write(events({ until: 2, end: 'cancelled' }).slice(upToEpoch(2).length));
    await inPanel('.status:has-text("Cancelled")');
    await control('waitFor', { selector: row('cancelled') });
  });

  it('shows a killed run as interrupted, never as running', async () => {
    const { child, named } = await idleProcess();
    const run = make('killed', named);
    run.write(upToEpoch(4));
    const found = await known(run, ({ state }) => state.status === 'running', 'running');
    await vscode.commands.executeCommand('brique.runs.open', found);
    await inPanel('.status:has-text("Running")');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await control('waitFor', { selector: row('interrupted') });
    await inPanel('.status:has-text("Interrupted")');
    await control('screenshot', { name: 'runs-view-interrupted' });
  });

  it('keeps what a panel shows when the folder of its run is deleted', async () => {
    const run = make('deleted');
    run.write(events({ end: 'completed' }));
    const found = await known(run, ({ state }) => state.status === 'completed', 'completed');
    await vscode.commands.executeCommand('brique.runs.open', found);
    await inPanel('text=Confusion');
    run.delete();
    await inPanel('text=The folder of this run was deleted');
    await inPanel('text=Confusion');
  });

  it('comes back with its state when it was hidden', async () => {
    const run = make('hidden');
    run.write(upToEpoch(2));
    const found = await known(run, ({ state }) => state.epoch === 2, 'epoch 2');
    await vscode.commands.executeCommand('brique.runs.open', found);
    await inPanel('text=epoch 2 of 20');
    await openExample('text-encoder.brique.yaml');
    run.write(upToEpoch(5).slice(upToEpoch(2).length));
    await known(run, ({ state }) => state.epoch === 5, 'epoch 5');
    await vscode.commands.executeCommand('brique.runs.open', found);
    await inPanel('text=epoch 5 of 20');
  });
});
