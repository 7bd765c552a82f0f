import * as assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { publish } from '../../../registry/published/publish';
import { events, record } from '../../panel/runs';
import { control } from '../host/control';
import { RecordedRun } from './recorded';
import { brique, file, findings, openExample, replace, revert, root, when } from './support';

const rows = '.pane-body .monaco-list-row';
const row = (text: string) => `${rows}:has-text("${text}")`;

const encoder = (version: string, width: number, more = '') => `kind: module
name: shared-encoder
version: ${version}
${more}inputs: { x: "float32[batch, ${width}]" }
outputs: { features: "float32[batch, 16]" }
graph:
  features: { op: dense, in: x, units: 16 }
`;

const points = `kind: dataset
name: shared-points
version: 1.0.0
files: { all: points.jsonl }
columns:
  x: { type: tensor, of: "float32[8]" }
  class: { type: category, values: ["no", "yes"] }
`;

const model = `kind: model
name: shared-model
version: 0.1.0
data: { points: shared-points@^1 }
parts:
  encoder: { module: shared-encoder@^1, in: points.x }
  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }
tasks:
  kind: { output: head.logits, target: points.class, loss: cross_entropy, metrics: [accuracy] }
`;

describe('published versions in the editor', function () {
  this.timeout(60_000);
  const registry = () => join(root().uri.fsPath, '.brique/registry');
  const made: string[] = [];
  const recorded: RecordedRun[] = [];
  const write = (name: string, text: string) => {
    const path = file(name).fsPath;
    writeFileSync(path, text);
    made.push(path);
  };
  const release = (manifest: string) => publish(registry(), { manifest, files: {} });

  before(async () => {
    await brique();
    assert.ok(!existsSync(registry()), 'nothing is published in the examples');
    await vscode.commands.executeCommand('brique.registry.focus');
  });

  after(async () => {
    await revert();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const run of recorded) run.delete();
    for (const path of [registry(), ...made]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    await vscode.commands.executeCommand('brique.registry.refresh');
    await control('waitFor', { selector: '.welcome-view-content:has-text("Nothing is published yet")' });
  });

  /** A click on a lens that was drawn anew at that very moment finds nothing: then it is clicked again. */
  const peek = async (lens: string, selector: string) => {
    const click = () => control('click', { selector: `.codelens-decoration a:has-text("${lens}")` });
    await click();
    await control('waitFor', { selector, timeout: 3_000 }).catch(click);
    await control('waitFor', { selector });
  };

  /** Takes an entry of a row's menu. A menu is deaf to clicks in its first moments: then it is clicked again. */
  const choose = async (selector: string, entry: string) => {
    await control('click', { selector, button: 'right' });
    const click = () => control('click', { selector: `.monaco-menu .action-label:has-text("${entry}")` });
    const closed = (timeout: number) =>
      control('waitFor', { selector: '.monaco-menu', state: 'hidden', timeout });
    await click();
    await closed(1_000).catch(click);
    await closed(5_000);
  };

  it('says what a registry is for where nothing is published', async () => {
    await control('waitFor', { selector: '.welcome-view-content:has-text("Nothing is published yet")' });
  });

  it('shows what is published as soon as it is, with the source that wins', async () => {
    mkdirSync(registry(), { recursive: true });
    write('shared-points.brique.yaml', points);
    write('shared-encoder.brique.yaml', encoder('1.2.0', 8));
    write('shared-model.brique.yaml', model);
    await release(encoder('1.1.0', 8));
    await release(encoder('1.2.0', 8));
    await control('waitFor', { selector: row('shared-encoder') });
    await control('click', { selector: row('shared-encoder') });
    await control('waitFor', { selector: row('source in this workspace, wins') });
    await control('waitFor', { selector: row('source wins') });
    const labels = (await control('evaluate', {
      expression: `[...document.querySelectorAll('${rows}')].map((row) => row.getAttribute('aria-label'))`,
    })) as string[];
    assert.ok(
      labels.some((label) => /^shared-encoder, brick, 1\.2\.0 · source 1\.2\.0/.test(label)),
      labels.join('\n'),
    );
    await control('screenshot', { name: 'registry-view' });
  });

  it('withdraws a version, after asking why and whether', async () => {
    await choose(row('1.1.0'), 'Yank');
    await control('waitFor', { selector: '.quick-input-widget:has-text("Yank shared-encoder 1.1.0?")' });
    await control('screenshot', { name: 'registry-yank' });
    await control('type', { text: 'trained on the test split' });
    await control('press', { key: 'Enter' });
    await control('waitFor', { selector: row('yanked') });
  });

  it('says while editing what the version must be, and whom the edit breaks', async () => {
    const editor = await openExample('shared-encoder.brique.yaml');
    const { uri } = editor.document;
    const isBump = ({ code }: vscode.Diagnostic) =>
      (typeof code === 'object' ? code.value : code) === 'bump-too-small';
    await replace(editor, 'float32[batch, 8]', 'float32[batch, 4]');
    const [bump] = (await findings(uri, (found) => found.some(isBump), 'the version is too small')).filter(
      isBump,
    );
    assert.match(bump!.message, /at least 2\.0\.0 \(major\)/);
    assert.ok((bump!.relatedInformation?.length ?? 0) > 0);
    await control('waitFor', { selector: '.codelens-decoration:has-text("this edit breaks who uses it")' });
    await control('screenshot', { name: 'edit-breaks' });
    await peek('this edit breaks', '.peekview-widget:has-text("shared-model")');
    await control('press', { key: 'Escape' });
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      bump!.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => title === 'Set the version to 2.0.0');
    assert.ok(fix?.edit && (await vscode.workspace.applyEdit(fix.edit)));
    await findings(uri, (found) => !found.some(isBump), 'the version is enough');
    await revert();
  });

  it('says above the import what a newer version breaks here, and a click shows it', async () => {
    await release(encoder('2.0.0', 4));
    const editor = await openExample('shared-model.brique.yaml');
    await control('waitFor', {
      selector: '.codelens-decoration:has-text("shared-encoder 2.0.0 is out: breaks you here, in one place")',
    });
    await control('screenshot', { name: 'newer-breaks' });
    await peek('is out', '.peekview-widget');
    await control('press', { key: 'Escape' });
    assert.ok(!editor.document.isDirty);
  });

  it('takes a newer version that is safe with a click', async () => {
    await release(encoder('2.0.1', 8, 'summary: Reads eight numbers again.\n'));
    const editor = await openExample('shared-model.brique.yaml');
    await control('click', {
      selector: '.codelens-decoration a:has-text("shared-encoder 2.0.1 is out: safe")',
    });
    await when(
      vscode.workspace.onDidChangeTextDocument,
      () => editor.document.getText().includes('shared-encoder@^2.0.1'),
      'the range is upgraded',
    );
    await revert();
  });

  it('compares a published version with the source', async () => {
    await vscode.commands.executeCommand('brique.registry.focus');
    await choose(row('source wins'), 'Compare with Workspace Source');
    await when(
      vscode.window.tabGroups.onDidChangeTabs,
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff,
      'the two texts beside each other',
    );
    await control('screenshot', { name: 'registry-compare' });
  });

  it('shows where a version came from and what came of it', async () => {
    const run = new RecordedRun('lineage', undefined, {
      bricks: [
        {
          ...{ part: 'encoder', module: 'shared-encoder', version: '2.0.0', source: 'registry' },
          ...{ hash: 'a'.repeat(64), weights: 'fresh', train: 'full' },
        },
      ],
    });
    recorded.push(run);
    run.write(events({ end: 'completed' }));
    await vscode.commands.executeCommand('brique.registry.showLineage', {
      registry: registry(),
      name: 'shared-encoder',
      version: '2.0.0',
    });
    await control('waitFor', { selector: row('used by run of product-sentiment') });
    await control('screenshot', { name: 'registry-lineage' });
  });

  it('compares runs, and names the bricks that changed', async () => {
    const { runs } = await brique();
    const bricks = record().bricks.map((brick) =>
      brick.part === 'encoder' ? { ...brick, version: '1.3.0' } : brick,
    );
    const pair = [new RecordedRun('before'), new RecordedRun('after', undefined, { bricks })];
    recorded.push(...pair);
    const [before, after] = pair;
    before!.write(events({ end: 'completed' }));
    after!.write(events({ end: 'completed', accuracy: 0.87 }));
    const known = await when(
      runs.onDidChange,
      () => {
        const found = pair.flatMap(({ folder }) => runs.get(folder) ?? []);
        return found.length === 2 && found;
      },
      'both runs are listed',
    );
    await vscode.commands.executeCommand('brique.runs.compare', known[0], known);
    const frame = 'the difference comes from there';
    await control('waitFor', { frame, selector: 'td:has-text("text-encoder 1.3.0")', timeout: 30_000 });
    await control('screenshot', { name: 'runs-compared' });
  });
});
