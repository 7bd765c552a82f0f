import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import type { ClientOptions } from '../../protocol/language-server';
import { type Client, connect, pulls } from './client';
import { ExampleFolder } from './folder';

const capable = {
  ...pulls,
  textDocument: {
    ...pulls.textDocument,
    diagnostic: { ...pulls.textDocument!.diagnostic, codeDescriptionSupport: true },
  },
  workspace: {
    ...pulls.workspace,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] },
  },
};

describe('rules in an editor', () => {
  let folder: ExampleFolder;
  let client: Client;

  beforeEach(() => {
    folder = new ExampleFolder('reviews');
    client = connect();
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  /** Opens a model with one misspelt key; its finding. */
  async function misspelt(options?: ClientOptions): Promise<{ uri: string; finding: Diagnostic }> {
    await client.start([folder.path], capable, options);
    const uri = folder.uri('product-sentiment');
    await client.open(uri, folder.read('product-sentiment').replace('epochs:', 'epocs:'));
    const [finding] = (await client.pull(uri)).items;
    return { uri, finding: finding! };
  }

  async function actionsFor(uri: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    return client.request('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
  }

  it('links a finding to the page of its rule', async () => {
    const { finding } = await misspelt();
    const page = fileURLToPath(finding.codeDescription!.href);
    assert.ok(page.endsWith('unknown-key.md') && existsSync(page), page);
  });

  it('links to a command of the editor that shows pages', async () => {
    const { finding } = await misspelt({ showRule: 'show.rule' });
    assert.equal(finding.codeDescription!.href, 'command:show.rule?%5B%22unknown-key%22%5D');
  });

  it('silences a finding by a comment whose reason is still to be written', async () => {
    const { uri, finding } = await misspelt({ placeCursor: 'place.cursor' });
    const ignore = (await actionsFor(uri, finding)).find(({ title }) => title.startsWith('Ignore'))!;
    const edited = client.applied(uri, ignore.edit!);
    const [, line, character] = ignore.command!.arguments!;
    assert.equal(ignore.command!.command, 'place.cursor');
    assert.ok(edited.split('\n')[line]!.slice(0, character).endsWith('# brique-ignore unknown-key: '));
    await client.replace(uri, edited);
    const rules = async () => (await client.pull(uri)).items.map(({ code }) => code);
    assert.deepEqual(await rules(), ['unknown-key', 'suppression-without-reason']);
    await client.type(uri, 'brique-ignore unknown-key: ', 'brique-ignore unknown-key: read elsewhere');
    assert.deepEqual(await rules(), []);
  });

  it('turns a rule off in a new workspace file', async () => {
    const { uri, finding } = await misspelt();
    const off = (await actionsFor(uri, finding)).find(({ title }) => title.startsWith('Turn off'))!;
    const [create, change] = off.edit!.documentChanges!;
    assert.ok('kind' in create! && create.kind === 'create' && create.uri.endsWith('/workspace.brique.yaml'));
    const file = create.uri;
    assert.ok('edits' in change!);
    const [edit] = change.edits;
    assert.ok('newText' in edit!);
    await client.open(file, edit.newText);
    assert.deepEqual((await client.pull(uri)).items, []);
  });

  it('turns a rule off in the workspace file that there is', async () => {
    const { uri, finding } = await misspelt();
    const file = folder.uri('workspace');
    await client.open(file, 'kind: workspace\nrules:\n  card-missing: off # kept\n');
    const off = (await actionsFor(uri, finding)).find(({ title }) => title.startsWith('Turn off'))!;
    const text = client.applied(file, off.edit!);
    assert.equal(text, 'kind: workspace\nrules:\n  card-missing: off # kept\n  unknown-key: off\n');
  });

  it('takes severities from the settings, for each folder, and lets the workspace file win', async () => {
    client.answer('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
      items.map(({ scopeUri }) => (scopeUri ? { 'unknown-key': 'warning', 'no-rule': 'off' } : {})),
    );
    await client.start([folder.path], {
      ...capable,
      workspace: { ...capable.workspace, configuration: true },
    });
    const uri = folder.uri('product-sentiment');
    await client.open(uri, folder.read('product-sentiment').replace('epochs:', 'epocs:'));
    await client.until(() => client.logged.some((line) => line.includes('there is no rule no-rule')));
    const severity = async () => (await client.pull(uri)).items.map((item) => item.severity);
    assert.deepEqual(await severity(), [2]);
    await client.open(folder.uri('workspace'), 'kind: workspace\nrules: { unknown-key: hint }\n');
    assert.deepEqual(await severity(), [4]);
  });

  it('takes severities from an editor that sends them', async () => {
    await client.start([folder.path], capable, { rules: { 'unknown-key': 'off' } });
    const uri = folder.uri('product-sentiment');
    await client.open(uri, folder.read('product-sentiment').replace('epochs:', 'epocs:'));
    assert.deepEqual((await client.pull(uri)).items, []);
    const settings = { brique: { rules: { 'unknown-key': 'information' } } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    assert.deepEqual(
      (await client.pull(uri)).items.map((item) => item.severity),
      [3],
    );
  });
});
