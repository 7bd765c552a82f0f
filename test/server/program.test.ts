import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { Client } from './client';
import { ExampleFolder } from './folder';

const root = join(__dirname, '../..');

describe('the language server as a program', () => {
  let folder: ExampleFolder;
  let bundle: string;

  before(async () => {
    folder = new ExampleFolder('reviews');
    // In a folder beside `modules/`, as it is shipped.
    bundle = join(root, 'out', `server-${process.pid}.cjs`);
    await build({
      absWorkingDir: root,
      entryPoints: ['server/main.ts'],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
    });
  });

  after(() => {
    rmSync(bundle);
    folder.remove();
  });

  const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));

  async function converse(connection: MessageConnection, child: ChildProcess): Promise<void> {
    const exit = ended(child);
    const client = new Client(connection);
    await client.start([folder.path]);
    const model = folder.uri('product-sentiment');
    await client.open(model, folder.read('product-sentiment'));
    assert.deepEqual((await client.pull(model)).items, []);
    await client.type(model, 'in: words.tokens', 'in: words.tokns');
    assert.equal((await client.pull(model)).items[0]?.code, 'unresolved-port');
    await client.request('shutdown');
    await client.connection.sendNotification('exit');
    assert.equal(await exit, 0);
    connection.dispose();
  }

  it('speaks over stdio', async () => {
    const child = spawn(process.execPath, [bundle, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    await converse(connection, child);
  });

  it('speaks over node-ipc, as VS Code starts it', async () => {
    const child = fork(bundle, ['--node-ipc'], { execArgv: [] });
    await converse(createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child)), child);
  });

  it('ends when its editor is gone', async () => {
    const child = spawn(process.execPath, [bundle, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const exit = ended(child);
    child.stdin.end();
    assert.notEqual(await exit, null);
  });
});
