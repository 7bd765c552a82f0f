/** Brique and the YAML extension in one editor: each file has one server that speaks of it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { uriOf } from '../../server/paths';
import { Client, connect } from './client';
import { ExampleFolder } from './folder';

const root = join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Settings under which yaml-language-server says all that it can without a network. */
const yaml = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };

describe('beside the YAML extension', () => {
  it('claims a language of its own, and nothing of YAML', () => {
    const { contributes, activationEvents } = manifest;
    assert.equal(contributes.yamlValidation, undefined);
    assert.equal(contributes.jsonValidation, undefined);
    assert.deepEqual(
      contributes.languages.map(({ id, extensions }: { id: string; extensions: string[] }) => [
        id,
        extensions,
      ]),
      [['brique', ['.brique.yaml']]],
    );
    assert.deepEqual(contributes.configurationDefaults['files.associations'], { '*.brique.yaml': 'brique' });
    assert.doesNotMatch(JSON.stringify(activationEvents), /onLanguage:yaml/);
    for (const { language } of [...contributes.grammars, ...contributes.snippets])
      assert.equal(language, 'brique');
  });

  describe('whose server is running', () => {
    let folder: ExampleFolder;
    let child: ChildProcess;
    let theirs: Client;
    let ours: Client;

    beforeEach(async () => {
      folder = new ExampleFolder('reviews');
      const program = join(root, 'node_modules/yaml-language-server/bin/yaml-language-server');
      child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
      const { stdin, stdout } = child;
      theirs = new Client(
        createMessageConnection(new StreamMessageReader(stdout!), new StreamMessageWriter(stdin!)),
      );
      theirs.answer('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
        items.map(({ section }) => (section === 'yaml' ? yaml : null)),
      );
      await theirs.start([folder.path], {
        textDocument: { publishDiagnostics: {} },
        workspace: { configuration: true },
      });
      ours = connect();
      await ours.start([folder.path]);
    });

    afterEach(async () => {
      await ours.stop();
      const exit = once(child, 'exit');
      child.kill();
      await exit;
      theirs.connection.dispose();
      folder.remove();
    });

    const saidOf = async (uri: string) =>
      (await theirs.until(() => theirs.published.filter((report) => report.uri === uri).at(-1))).diagnostics;

    it('is silent about our files, and we speak', async () => {
      for (const name of ['text-encoder', 'product-sentiment', 'product-reviews']) {
        await theirs.open(folder.uri(name), folder.read(name));
        assert.deepEqual(await saidOf(folder.uri(name)), [], name);
      }
      const broken = folder.read('product-sentiment').replace('in: words.tokens', 'in: words.tokns');
      const uri = uriOf(join(folder.path, 'broken.brique.yaml'));
      await theirs.open(uri, broken);
      await ours.open(uri, broken);
      assert.deepEqual(await saidOf(uri), []);
      assert.ok((await ours.pull(uri)).items.some(({ code }) => code === 'unresolved-port'));
    });
  });
});
