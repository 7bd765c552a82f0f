import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Run } from '../../../client/runs/runs';
import { hasEnded } from '../../../protocol/runs/fold';
import { control } from '../host/control';
import { brique, frame, inPanel, openExample, replace, revert, root, useTheme, when } from './support';

const MODEL = 'product-sentiment.brique.yaml';
const rows = '.pane-body .monaco-list-row';

describe('training in the editor', () => {
  before(async () => {
    await brique();
    await useTheme('dark');
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await vscode.commands.executeCommand('brique.runs.focus');
  });
  afterEach(async () => {
    await revert();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** The newest run, once it is as wanted. */
  async function newest(wanted: (run: Run) => boolean, what: string): Promise<Run> {
    const { runs } = await brique();
    const before = new Set(runs.all().map((run) => run.folder));
    return when(
      runs.onDidChange,
      () => runs.all().find((run) => !before.has(run.folder) && wanted(run)),
      what,
      60_000,
    );
  }

  it('starts from the lens, shows curves while they come, and the report at the end', async function () {
    this.timeout(90_000);
    const editor = await openExample(MODEL);
    const start = new vscode.Position(0, 0);
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(new vscode.Range(start, start));
    const exit = new Promise<number | undefined>((resolve) => {
      const subscription = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.definition.type !== 'brique') return;
        subscription.dispose();
        resolve(exitCode);
      });
    });
    const started = newest(() => true, 'a new run');
    const ended = newest((run) => hasEnded(run.state), 'its end');
    await control('click', { selector: '.codelens-decoration a:has-text("Train")' });
    const run = await started;
    assert.equal(run.state.record.model.file, MODEL);
    await inPanel('text=/epoch \\d+ of \\d+/');
    await inPanel('.chart svg text');
    await control('screenshot', { name: 'training-dark' });
    assert.equal(await exit, 0);
    assert.equal((await ended).folder, run.folder);
    assert.match(run.state.status, /^(completed|stopped early)$/);
    await inPanel('.requirements .met');
    const text = (await control('texts', { frame, selector: 'main' })).join('\n');
    assert.match(text, /sentiment\.accuracy\s+0\.\d+\s+met: ≥ 0\.7/);
    assert.match(text, /text-encoder 1\.0\.0/);
    assert.match(text, /Confusion/);
    await control('waitFor', { selector: `${rows}:has-text("accuracy 0.")` });
    await control('screenshot', { name: 'trained-dark' });
    await useTheme('light');
    await control('screenshot', { name: 'trained-light' });
    await useTheme('dark');
  });

  it('evaluates a run from its row, and tells the result where no panel shows it', async function () {
    this.timeout(60_000);
    const settings = vscode.workspace.getConfiguration('brique');
    await settings.update('runs.openPanel', false, vscode.ConfigurationTarget.Global);
    const { runs } = await brique();
    const trained = runs.all().find((run) => run.state.record.kind === 'train');
    assert.ok(trained);
    const ended = newest(
      (run) => run.state.record.kind === 'evaluate' && hasEnded(run.state),
      'an evaluation',
    );
    await vscode.commands.executeCommand('brique.runs.evaluate', trained);
    const evaluation = await ended;
    assert.equal(evaluation.state.status, 'completed');
    assert.equal(evaluation.state.record.of, trained.state.record.id);
    assert.deepEqual(evaluation.state.report?.tasks, trained.state.report?.tasks);
    await control('waitFor', {
      selector: '.notification-list-item:has-text("product-sentiment: sentiment.accuracy 0.")',
    });
    await vscode.commands.executeCommand('notifications.clearAll');
    await settings.update('runs.openPanel', undefined, vscode.ConfigurationTarget.Global);
  });

  it('stops a run from the panel, which keeps its weights', async function () {
    this.timeout(90_000);
    const editor = await openExample(MODEL);
    const original = editor.document.getText();
    await replace(editor, /epochs: \d+/, 'epochs: 5000');
    await replace(editor, /patience: \d+/, 'patience: 5000');
    await editor.document.save();
    try {
      const training = newest((run) => run.state.epoch > 0, 'training');
      await vscode.commands.executeCommand('brique.train');
      const run = await training;
      const { runs } = await brique();
      await control('click', { frame, selector: 'vscode-button:has-text("Stop")', timeout: 20_000 });
      await when(runs.onDidChange, () => hasEnded(run.state), 'it stopped', 20_000);
      assert.equal(run.state.status, 'cancelled');
      assert.ok(run.state.weights.length > 0, 'weights are kept');
      await inPanel('.status:has-text("Cancelled")');
    } finally {
      await replace(editor, editor.document.getText(), original);
      await editor.document.save();
    }
  });

  it('shows a training that was killed as interrupted', async function () {
    this.timeout(60_000);
    await openExample(MODEL);
    const training = newest((run) => run.state.epoch > 0, 'training');
    await vscode.commands.executeCommand('brique.train', vscode.window.activeTextEditor?.document.uri);
    const run = await training;
    const { runs } = await brique();
    process.kill(run.state.record.process.pid, 'SIGKILL');
    await when(runs.onDidChange, () => run.state.status === 'interrupted', 'interrupted');
    await control('waitFor', { selector: `${rows}:has-text("interrupted")` });
    await inPanel('text=This run was interrupted');
  });

  it('goes on with a training that was killed, in the same run', async function () {
    this.timeout(90_000);
    const { runs } = await brique();
    const run = runs.all().find(({ state }) => state.status === 'interrupted');
    assert.ok(run);
    const count = runs.all().length;
    await vscode.commands.executeCommand('brique.runs.resume', run);
    await when(runs.onDidChange, () => run.state.resumed !== undefined, 'it goes on', 40_000);
    await when(runs.onDidChange, () => run.state.epoch > 0, 'it trains', 40_000);
    await vscode.commands.executeCommand('brique.runs.stop', run);
    await when(runs.onDidChange, () => hasEnded(run.state), 'it stopped', 40_000);
    assert.equal(runs.all().length, count);
  });

  it('says what trains models here, and offers to set up native TensorFlow', async function () {
    this.timeout(60_000);
    const done = vscode.commands.executeCommand('brique.setUpRuntime');
    const said = '.notification-list-item:has-text("Models are trained by")';
    await control('waitFor', { selector: said, timeout: 40_000 });
    await control('waitFor', { selector: `${said} .monaco-button:has-text("Install")` });
    await vscode.commands.executeCommand('notifications.clearAll');
    await done;
  });

  it('says why nothing was run where the model is wrong', async function () {
    this.timeout(60_000);
    const editor = await openExample(MODEL);
    await replace(editor, 'std/classifier@^1', 'std/classifyer@^1');
    await editor.document.save();
    try {
      await vscode.commands.executeCommand('brique.train', editor.document.uri, 'product-sentiment');
      await control('waitFor', {
        selector: '.notification-list-item:has-text("Nothing was run")',
        timeout: 20_000,
      });
      await control('screenshot', { name: 'refused' });
    } finally {
      await replace(editor, 'std/classifyer@^1', 'std/classifier@^1');
      await editor.document.save();
      await vscode.commands.executeCommand('notifications.clearAll');
    }
  });

  it('offers its tasks', async () => {
    const offered = await vscode.tasks.fetchTasks({ type: 'brique' });
    const names = offered.map((task) => task.name);
    for (const name of ['train product-sentiment', 'evaluate product-sentiment', 'check']) {
      assert.ok(names.includes(name), names.join(', '));
    }
    const check = offered.find((task) => task.name === 'check');
    const ended = new Promise<number | undefined>((resolve) => {
      vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name === 'check') resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(check!);
    assert.equal(await ended, 0);
  });

  it('runs an entry of tasks.json', async function () {
    this.timeout(60_000);
    const file = vscode.Uri.joinPath(root().uri, '.vscode/tasks.json');
    const args = ['--set', 'train.epochs=1'];
    const entry = {
      type: 'brique',
      command: 'train',
      model: MODEL,
      args,
      label: 'short',
      problemMatcher: [],
    };
    const taken = when(
      vscode.workspace.onDidChangeConfiguration,
      () => (vscode.workspace.getConfiguration('tasks').get<unknown[]>('tasks') ?? []).length === 1,
      'the entry is read',
    );
    const content = JSON.stringify({ version: '2.0.0', tasks: [entry] });
    await vscode.workspace.fs.writeFile(file, Buffer.from(content));
    await taken;
    const ended = newest((run) => hasEnded(run.state), 'its run');
    await vscode.commands.executeCommand('workbench.action.tasks.runTask', 'short');
    const run = await ended;
    await vscode.workspace.fs.delete(file);
    assert.equal(run.state.epochs, 1);
    assert.equal(Number(run.state.record.settings['train.epochs']), 1);
  });
});
