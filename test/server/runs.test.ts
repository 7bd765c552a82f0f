import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeLens } from 'vscode-languageserver';
import { publish } from '../../registry/published/publish';
import { loadWorkspace } from '../../registry/sources';
import { uriOf } from '../../server/paths';
import { ENGINE, record, writeRun } from '../protocol/fixture';
import { type Client, connect, pulls, said } from './client';

const encoder = (version: string) => `kind: module
name: encoder
version: ${version}
inputs: { x: 'float32[batch, 8]' }
outputs: { features: 'float32[batch, 16]' }
weights: weights.safetensors
graph:
  features: { op: dense, in: x, units: 16 }
`;

const points = `kind: dataset
name: points
version: 1.0.0
files: { all: points.csv }
columns:
  x: { type: tensor, of: "float32[8]" }
  class: { type: category, values: ["no", "yes"] }
`;

const model = (name: string, range: string, head: string) => `kind: model
name: ${name}
version: 0.1.0
data: { points: points@^1 }
parts:
  encoder: { module: encoder@${range}, in: points.x, weights: pretrained, train: frozen }
  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 }${head} }
tasks:
  kind: { output: head.logits, target: points.class, loss: cross_entropy, metrics: [accuracy] }
`;

describe('runs that end while the editor is open', () => {
  let root: string;
  let client: Client;
  const uri = (name: string) => uriOf(join(root, `${name}.brique.yaml`));
  const write = (name: string, text: string) => writeFileSync(join(root, `${name}.brique.yaml`), text);
  const refreshes = () =>
    client.asked.filter(({ method }) => method === 'workspace/diagnostic/refresh').length;

  beforeEach(async () => {
    const out = join(__dirname, '../../out');
    mkdirSync(out, { recursive: true });
    root = mkdtempSync(join(out, 'server-test-'));
    for (const [version, first] of [
      ['1.0.0', 1],
      ['1.1.0', 2],
    ] as const)
      await publish(join(root, '.brique/registry'), {
        manifest: encoder(version),
        files: { 'weights.safetensors': safetensors(first) },
      });
    write('points', points);
    writeFileSync(join(root, 'points.csv'), 'x,class\n');
    write('points-model', model('trained', '1.0.0', ''));
    write('user', model('user', '1.1.0', ', weights: run:trained, train: frozen'));
    client = connect();
    await client.start([root], pulls);
    await client.open(uri('user'), readFileSync(join(root, 'user.brique.yaml'), 'utf8'));
  });

  afterEach(async () => {
    await client.stop();
    rmSync(root, { recursive: true });
  });

  it('change what is said of heads that take their weights, without a key being pressed', async () => {
    const stale = async () =>
      (await client.pull(uri('user'))).items.filter(({ code }) => code === 'head-stale');
    assert.deepEqual(await stale(), []);
    const before = refreshes();
    const log = start();
    await client.until(() => refreshes() > before);
    assert.deepEqual(await stale(), [], 'it has left no weights yet');
    const running = refreshes();
    for (const part of ['encoder', 'head'])
      log.append({
        ...{ type: 'weights_saved', part, file: `weights/${part}.safetensors` },
        sha256: part[0]!.repeat(64),
      });
    log.append({ type: 'run_ended', status: 'completed', seconds: 1, epochs: 1 });
    await client.until(() => refreshes() > running);
    const [found] = await stale();
    assert.match(
      said(found!),
      /`head` was trained on `encoder` 1\.0\.0, but here it gets other weights, those of 1\.1\.0/,
    );
    const ended = refreshes();
    rmSync(join(root, '.brique/runs'), { recursive: true });
    await client.until(() => refreshes() > ended);
    assert.deepEqual(await stale(), [], 'nobody knows any more');
  });

  it('are counted above the brick that they trained', async () => {
    await client.open(uri('points'), points);
    const lens = async () => {
      const lenses = await client.request<CodeLens[]>('textDocument/codeLens', {
        textDocument: { uri: uri('points') },
      });
      const all = await Promise.all(
        lenses.map((each) => (each.command ? each : client.request<CodeLens>('codeLens/resolve', each))),
      );
      return all.map(({ command }) => command!.title).find((title) => title.startsWith('used by'));
    };
    assert.equal(await lens(), 'used by 2');
    const before = refreshes();
    start();
    await client.until(() => refreshes() > before);
    assert.equal(await lens(), 'used by 2 · 1 run');
  });

  /** As the command line does it, up to the first step. */
  function start() {
    const { workspace } = loadWorkspace([root]);
    const { plan, findings } = workspace.plan(join(root, 'points-model.brique.yaml'));
    assert.ok(plan, findings.map(({ message }) => message).join('\n'));
    const id = 'trained-20260102-030405';
    const own = record(id, {
      model: { name: 'trained', version: '0.1.0', file: 'points-model.brique.yaml' },
      data: [{ alias: 'points', name: 'points', version: '1.0.0', hash: 'a'.repeat(64) }],
    });
    const { folder, log } = writeRun(join(root, '.brique/runs'), own);
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
    log.append({
      type: 'run_started',
      run: id,
      engine: ENGINE,
      epochs: 1,
      parts: ['encoder', 'head'],
      tasks: ['kind'],
    });
    return log;
  }
});

/** A file of one float32 tensor for each of the encoder's; the first number is `first`. */
function safetensors(first: number): Buffer {
  const header = JSON.stringify({
    'features/kernel': { dtype: 'F32', shape: [8, 16], data_offsets: [0, 512] },
    'features/bias': { dtype: 'F32', shape: [16], data_offsets: [512, 576] },
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  const data = Buffer.alloc(576);
  data.writeFloatLE(first, 0);
  return Buffer.concat([length, Buffer.from(header), data]);
}
