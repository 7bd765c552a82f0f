/** What the server does for editors that can do less than VS Code, or say it in another way. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  Hover,
  InitializeResult,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { uriOf } from '../../server/paths';
import { needsBundle } from '../cli/brique';
import { Client, said } from './client';
import { ExampleFolder } from './folder';

const brique = join(__dirname, '../../dist/brique.cjs');

/** As Neovim 0.7 says it: findings are sent to it, no snippets, no settings that can be asked for, one root. */
const neovim = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    synchronization: { dynamicRegistration: false, didSave: true },
    completion: { dynamicRegistration: false, completionItem: { snippetSupport: false } },
    hover: { dynamicRegistration: false, contentFormat: ['markdown', 'plaintext'] },
    publishDiagnostics: { relatedInformation: true },
    codeAction: { dynamicRegistration: false },
    rename: { dynamicRegistration: false, prepareSupport: true },
  },
  workspace: { applyEdit: true, configuration: false, workspaceFolders: false },
};

/** As Helix says it: bytes first, plain text, settings sent and asked for. */
const helix = {
  general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
  textDocument: {
    completion: { completionItem: { snippetSupport: true } },
    hover: { contentFormat: ['markdown'] },
    publishDiagnostics: { versionSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor'] } } },
    inlayHint: { dynamicRegistration: false },
  },
  workspace: { configuration: true, workspaceFolders: true, workspaceEdit: { documentChanges: true } },
};

describe('other editors, over stdio', () => {
  needsBundle();
  let folder: ExampleFolder;
  let child: ChildProcess;
  let client: Client;
  let model: string;

  beforeEach(() => {
    folder = new ExampleFolder('reviews');
    model = folder.uri('product-sentiment');
    child = spawn(process.execPath, [brique, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdin, stdout } = child;
    client = new Client(
      createMessageConnection(new StreamMessageReader(stdout!), new StreamMessageWriter(stdin!)),
    );
  });

  afterEach(async () => {
    const exit = once(child, 'exit');
    await client.request('shutdown');
    await client.connection.sendNotification('exit');
    assert.deepEqual(await exit, [0, null]);
    client.connection.dispose();
    folder.remove();
  });

  async function start(params: object): Promise<InitializeResult> {
    const result = await client.request<InitializeResult>('initialize', {
      processId: process.pid,
      ...params,
    });
    await client.connection.sendNotification('initialized', {});
    return result;
  }

  const told = (uri: string, test: (rules: unknown[]) => boolean) =>
    client.until(() => {
      const last = client.published.filter((report) => report.uri === uri).at(-1);
      return last && test(last.diagnostics.map(({ code }) => code)) ? last : undefined;
    });

  describe('one with little more than the basics, such as Neovim', () => {
    beforeEach(async () => {
      const { capabilities } = await start({ rootUri: uriOf(folder.path), capabilities: neovim });
      assert.equal(capabilities.positionEncoding ?? 'utf-16', 'utf-16');
      assert.equal(capabilities.diagnosticProvider, undefined);
      await client.open(model, folder.read('product-sentiment'));
    });

    it('is sent findings, and that they are gone', async () => {
      await told(model, (rules) => rules.length === 0);
      await client.type(model, 'in: words.tokens', 'in: words.tokns');
      const { diagnostics, version } = await told(model, (rules) => rules.length > 0);
      assert.deepEqual([diagnostics[0]!.code, version], ['unresolved-port', 2]);
      assert.match(said(diagnostics[0]!), /tokns/);
      await client.type(model, 'in: words.tokns', 'in: words.tokens');
      await told(model, (rules) => rules.length === 0);
    });

    it('is asked for nothing that it did not say it can do', async () => {
      await told(model, () => true);
      await client.type(model, 'in: words.tokens', 'in: words.tokns');
      await told(model, (rules) => rules.length > 0);
      assert.deepEqual(client.asked, []);
    });

    it('gets completions without placeholders', async () => {
      const at = client.after(model, 'in: encoder.');
      const list = await client.request<CompletionList>('textDocument/completion', at);
      assert.equal(list.items[0]?.label, 'encoder.features');
      const named = client.after(model, 'module: std/');
      const bricks = await client.request<CompletionList>('textDocument/completion', named);
      for (const item of [...list.items, ...bricks.items] as CompletionItem[]) {
        assert.equal(item.insertTextFormat ?? 1, 1);
        assert.doesNotMatch(item.textEdit!.newText, /\$\{?\d/);
      }
    });

    it('gets hover, fixes, a new name in all files, and lenses that need no command of its own', async () => {
      const hover = await client.request<Hover>('textDocument/hover', client.after(model, 'in: encoder.', 2));
      assert.match(JSON.stringify(hover.contents), /float32\[batch, 64\]/);

      const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
        ...client.after(model, 'module: text-enc'),
        newName: 'reader',
      });
      assert.ok(!edit.documentChanges && Object.keys(edit.changes!).length > 1);
      assert.match(client.applied(model, edit), /module: reader@/);

      await client.type(model, 'epochs:', 'epocs:');
      const { diagnostics } = await told(model, (rules) => rules.length > 0);
      const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: model },
        range: diagnostics[0]!.range,
        context: { diagnostics },
      });
      assert.match(client.applied(model, actions[0]!.edit!), /epochs:/);
      assert.ok(actions.every((action) => action.edit && !action.edit.documentChanges && !action.command));

      const encoder = { textDocument: { uri: folder.uri('text-encoder') } };
      const lenses = await client.request<CodeLens[]>('textDocument/codeLens', encoder);
      const counted = await client.request<CodeLens>('codeLens/resolve', lenses.at(-1));
      assert.deepEqual(counted.command, { title: 'used by 3', command: '' });
    });

    it('sends settings', async () => {
      await client.type(model, 'epochs:', 'epocs:');
      await told(model, (rules) => rules.includes('unknown-key'));
      const settings = { brique: { rules: { 'unknown-key': 'off' } } };
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
      await told(model, (rules) => !rules.includes('unknown-key'));
    });
  });

  describe('one that would rather count bytes, such as Helix', () => {
    it('is told that places are counted in UTF-16, and gets them so', async () => {
      client.answer('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
      const workspaceFolders = [{ uri: uriOf(folder.path), name: 'reviews' }];
      const { capabilities } = await start({
        rootUri: uriOf(folder.path),
        rootPath: folder.path,
        workspaceFolders,
        capabilities: helix,
      });
      assert.equal(capabilities.positionEncoding ?? 'utf-16', 'utf-16');
      // One sign of two units and four bytes before the place of the finding.
      const text = folder
        .read('product-sentiment')
        .replace('{ output: head.logits', '{ summary: "🧱", output: head.logit');
      assert.ok(text.includes('🧱'));
      await client.open(model, text);
      const { diagnostics } = await told(model, (rules) => rules.includes('unresolved-port'));
      const finding = diagnostics.find(({ code }) => code === 'unresolved-port')!;
      const line = text.split('\n')[finding.range.start.line]!;
      assert.equal(line.slice(finding.range.start.character, finding.range.end.character), 'logit');
    });
  });
});
