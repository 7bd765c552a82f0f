import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CodeAction, CodeLens, Location } from 'vscode-languageserver';
import {
  FLAG_REQUEST,
  type FlagResult,
  LINEAGE_REQUEST,
  type Lineage,
  REGISTRY_CHANGED,
  REGISTRY_REQUEST,
  type RegistryBrick,
} from '../../protocol/registry';
import { type Publication, publish } from '../../registry/published/publish';
import { uriOf } from '../../server/paths';
import { type Client, connect, covered, pulls, said } from './client';

const encoder = (version: string, width = 8, more = '') => `kind: module
name: encoder
version: ${version}
inputs: { x: 'float32[batch, ${width}]' }
outputs: { features: 'float32[batch, 16]' }
graph:
  features: { op: dense, in: x, units: 16 }
${more}`;

const points = `kind: dataset
name: points
version: 1.0.0
files: { all: points.csv }
columns:
  x: { type: tensor, of: "float32[8]" }
  class: { type: category, values: ["no", "yes"] }
`;

const model = (name: string, range: string) => `kind: model
name: ${name}
version: 0.1.0
data: { points: points@^1 }
parts:
  encoder: { module: encoder@${range}, in: points.x }
  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }
tasks:
  kind: { output: head.logits, target: points.class, loss: cross_entropy, metrics: [accuracy] }
`;

describe('versions, in the language server', () => {
  let root: string;
  let client: Client;
  const registry = () => join(root, '.brique/registry');
  const path = (name: string) => join(root, `${name}.brique.yaml`);
  const uri = (name: string) => uriOf(path(name));

  beforeEach(() => {
    const out = join(__dirname, '../../out');
    mkdirSync(out, { recursive: true });
    root = mkdtempSync(join(out, 'server-test-'));
    write('points', points);
  });

  afterEach(async () => {
    await client.stop();
    rmSync(root, { recursive: true });
  });

  const write = (name: string, text: string) => writeFileSync(path(name), text);
  const release = (manifest: string, more: Partial<Publication> = {}) =>
    publish(registry(), { manifest, files: {}, ...more });
  const start = async (...open: string[]) => {
    client = connect();
    await client.start([root], pulls, { showReferences: 'show.references' });
    for (const name of open) await client.open(uri(name), readFileSync(path(name), 'utf8'));
  };
  const lensesOf = async (name: string) => {
    const textDocument = { uri: uri(name) };
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument });
    return Promise.all(
      lenses.map((lens) => (lens.command ? lens : client.request<CodeLens>('codeLens/resolve', lens))),
    );
  };
  /** Resolves when the server says that the registry is another. */
  const changes = () =>
    new Promise<void>((resolve) => client.connection.onNotification(REGISTRY_CHANGED, () => resolve()));
  const findingsOf = async (name: string, rule: string) =>
    (await client.pull(uri(name))).items.filter(({ code }) => code === rule);

  describe('of a brick that is edited', () => {
    it('says at `version:` what it must be, with the changed places and a fix', async () => {
      await release(encoder('1.2.0'));
      write('encoder', encoder('1.2.0'));
      await start('encoder');
      assert.deepEqual(await findingsOf('encoder', 'bump-too-small'), []);
      await client.type(uri('encoder'), 'batch, 8]', 'batch, 4]');
      const [finding] = await findingsOf('encoder', 'bump-too-small');
      assert.equal(covered(client.text(uri('encoder')), finding!.range), '1.2.0');
      assert.match(said(finding!), /1\.2\.0 is released, and this is not it: it must be at least 2\.0\.0/);
      assert.ok(finding!.relatedInformation!.length > 0);
      const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: uri('encoder') },
        range: finding!.range,
        context: { diagnostics: [finding] },
      });
      const fix = actions.find(({ title }) => title === 'Set the version to 2.0.0');
      assert.match(client.applied(uri('encoder'), fix!.edit!), /^version: 2\.0\.0$/m);
      await client.type(uri('encoder'), 'version: 1.2.0', 'version: 2.0.0');
      assert.deepEqual(await findingsOf('encoder', 'bump-too-small'), []);
    });

    it('says nothing of a brick that was never published', async () => {
      write('encoder', encoder('1.2.0'));
      await start('encoder');
      await client.type(uri('encoder'), 'batch, 8]', 'batch, 4]');
      assert.deepEqual(await findingsOf('encoder', 'bump-too-small'), []);
    });

    it('counts who uses it, and tells live whom the edit breaks', async () => {
      write('encoder', encoder('1.2.0'));
      write(
        'wrapper',
        encoder('1.0.0')
          .replace('name: encoder', 'name: wrapper')
          .replace('{ op: dense, in: x, units: 16 }', '{ module: encoder@^1, in: x }'),
      );
      write('near', model('near', '^1'));
      write('far', model('far', '^1').replace('encoder@^1', 'wrapper@^1'));
      write(
        'other',
        model('other', '^1')
          .replace('encoder@^1', 'std/projection@^1')
          .replace('in: points.x', 'in: points.x, params: { units: 4 }'),
      );
      await release(
        encoder('1.0.0')
          .replace('name: encoder', 'name: kept')
          .replace('{ op: dense, in: x, units: 16 }', '{ module: encoder@^1, in: x }'),
      );
      writeRun('20260101-000000-near', [
        { part: 'encoder', module: 'encoder', version: '1.2.0', source: 'workspace', weights: 'fresh' },
      ]);
      await start('encoder');
      const titles = async () => (await lensesOf('encoder')).map(({ command }) => command!.title);
      assert.deepEqual(await titles(), ['used by 2 · 1 run · 1 published']);
      await client.type(uri('encoder'), 'batch, 16]', 'batch, 5 + 11]');
      assert.deepEqual(await titles(), ['used by 2 · 1 run · 1 published', 'this edit breaks none of them']);
      await client.type(uri('encoder'), 'batch, 8]', 'batch, 4]');
      const lenses = await lensesOf('encoder');
      assert.equal(lenses[1]!.command!.title, 'this edit breaks 2 of 3');
      const places = lenses[1]!.command!.arguments![2] as Location[];
      assert.deepEqual([...new Set(places.map((place) => place.uri))].sort(), [uri('near'), uri('wrapper')]);
      const used = lenses[0]!.command!.arguments![2] as Location[];
      assert.ok(used.some((place) => place.uri.endsWith('/kept/1.0.0/module.brique.yaml')));
      assert.ok(used.some((place) => place.uri.endsWith('/20260101-000000-near/run.json')));
    });
  });

  describe('of a brick that is used', () => {
    it('says what a newer version means, as a finding and above the import; a click takes it', async () => {
      await release(encoder('1.2.0'));
      await release(encoder('1.3.0', 8, 'summary: Better said.\n'));
      write('demo', model('demo', '~1.2.0'));
      await start('demo');
      const [finding] = await findingsOf('demo', 'newer-version');
      assert.equal(said(finding!), '`encoder` 1.3.0 is out: safe');
      const lens = (await lensesOf('demo')).find(({ command }) => /is out/.test(command!.title))!;
      assert.equal(lens.command!.title, 'encoder 1.3.0 is out: safe');
      const applied = new Promise<{ edit: CodeAction['edit'] }>((resolve) =>
        client.answer('workspace/applyEdit', (params: { edit: CodeAction['edit'] }) => {
          resolve(params);
          return { applied: true };
        }),
      );
      const { command, arguments: given } = lens.command!;
      await client.request('workspace/executeCommand', { command, arguments: given });
      assert.match(client.applied(uri('demo'), (await applied).edit!), /encoder@\^1\.3\.0/);
    });

    it('leads to what a newer version breaks here', async () => {
      await release(encoder('1.2.0'));
      await release(encoder('2.0.0', 4));
      write('demo', model('demo', '^1'));
      await start('demo');
      const [finding] = await findingsOf('demo', 'newer-version');
      assert.equal(said(finding!), '`encoder` 2.0.0 is out: breaks you here, in one place');
      const places = finding!.relatedInformation!.map(({ location }) =>
        covered(client.text(uri('demo')), location.range),
      );
      assert.deepEqual(places, ['points.x']);
      const lens = (await lensesOf('demo')).find(({ command }) => /is out/.test(command!.title))!;
      assert.equal(lens.command!.command, 'show.references');
    });

    it('says so of a version that is published meanwhile, and above the import too', async () => {
      await release(encoder('1.2.0'));
      write('encoder', encoder('1.2.0'));
      write('demo', model('demo', '^1'));
      await start('encoder');
      await client.type(uri('encoder'), 'batch, 8]', 'batch, 4]');
      await lensesOf('encoder');
      await client.pull(uri('encoder'));
      await client.type(uri('encoder'), 'batch, 4]', 'batch, 8]');
      await client.pull(uri('encoder'));
      const told = changes();
      await release(encoder('2.0.0', 4));
      await told;
      await client.open(uri('demo'), model('demo', '^1'));
      assert.equal((await findingsOf('demo', 'newer-version')).length, 1);
      assert.ok((await lensesOf('demo')).some(({ command }) => /is out/.test(command!.title)));
    });

    it('knows from the registry what a head was trained on, and whom other weights would break', async () => {
      const shipped = (version: string, bias: number) =>
        release(encoder(version, 8, 'weights: weights.safetensors\n'), {
          files: { 'weights.safetensors': safetensors(bias) },
        });
      const first = await shipped('1.0.0', 0);
      await release(
        encoder('1.0.0', 16, 'weights: weights.safetensors\n').replace('name: encoder', 'name: reader'),
        {
          files: { 'weights.safetensors': safetensors(2, [16, 16]) },
          trained: { run: 'r', data: [], parents: [{ name: 'encoder', version: '1.0.0', hash: first.hash }] },
        },
      );
      write(
        'demo',
        model('demo', '1.0.0')
          .replace('in: points.x }', 'in: points.x, weights: pretrained }')
          .replace(
            'std/classifier@^1, in: encoder.features, params: { classes: 2 } }',
            'reader@^1, in: encoder.features, weights: pretrained, train: frozen }',
          )
          .replace('head.logits', 'head.features'),
      );
      await start('demo');
      assert.deepEqual(await findingsOf('demo', 'newer-version'), []);
      const told = changes();
      await shipped('1.0.1', 1);
      await told;
      const [newer] = await findingsOf('demo', 'newer-version');
      assert.equal(said(newer!), '`encoder` 1.0.1 is out: breaks you here, in one place');
      assert.deepEqual(await findingsOf('demo', 'head-stale'), []);
      await client.type(uri('demo'), 'encoder@1.0.0', 'encoder@^1');
      const [stale] = await findingsOf('demo', 'head-stale');
      assert.match(
        said(stale!),
        /`head` was trained on `encoder` 1\.0\.0, but here it gets other weights, those of 1\.0\.1/,
      );
    });

    it('is silent where a comment says why, and where the rule is off', async () => {
      await release(encoder('1.2.0'));
      await release(encoder('2.0.0', 4));
      write(
        'demo',
        model('demo', '^1').replace(
          'in: points.x }',
          'in: points.x } # brique-ignore newer-version: it stays as it is',
        ),
      );
      await start('demo');
      assert.deepEqual(
        (await client.pull(uri('demo'))).items.map(({ code }) => code),
        [],
      );
      assert.ok((await lensesOf('demo')).every(({ command }) => !/is out/.test(command!.title)));
    });
  });

  describe('in the registry', () => {
    const weights = safetensors();

    it('are listed with their state, and with the source that wins over them', async () => {
      await release(encoder('1.2.0'));
      await release(encoder('1.3.0'));
      write('encoder', encoder('1.4.0'));
      await start();
      const [brick] = await client.request<RegistryBrick[]>(REGISTRY_REQUEST);
      assert.deepEqual(
        [brick!.name, brick!.kind, brick!.source],
        ['encoder', 'module', { uri: uri('encoder'), version: '1.4.0' }],
      );
      assert.deepEqual(
        brick!.versions.map(({ version }) => version),
        ['1.3.0', '1.2.0'],
      );
      const [newest] = brick!.versions;
      assert.equal(newest!.uri, uriOf(join(registry(), 'encoder/1.3.0/module.brique.yaml')));
      assert.match(newest!.hash!, /^[0-9a-f]{64}$/);
    });

    it('are withdrawn and advised against from here, and taken back', async () => {
      await release(encoder('1.2.0'));
      await release(encoder('1.3.0'));
      write('demo', model('demo', '^1'));
      await start('demo');
      const told = changes();
      const id = { registry: registry(), name: 'encoder', version: '1.3.0' };
      const flag = (request: object) => client.request<FlagResult>(FLAG_REQUEST, { ...id, ...request });
      const newest = async () => (await client.request<RegistryBrick[]>(REGISTRY_REQUEST))[0]!.versions[0]!;
      assert.deepEqual(await flag({ flag: 'yank', reason: 'wrong data' }), {});
      assert.deepEqual((await newest()).yanked, { reason: 'wrong data' });
      await told;
      assert.deepEqual(await findingsOf('demo', 'newer-version'), []);
      assert.deepEqual(await flag({ flag: 'unyank' }), {});
      assert.equal((await newest()).yanked, undefined);
      assert.deepEqual(
        await flag({ flag: 'deprecate', message: 'old', replacement: 'std/projection@^1' }),
        {},
      );
      assert.equal((await newest()).deprecated?.message, 'old');
      assert.match(
        (await flag({ flag: 'deprecate', message: 'old', replacement: '../x' })).failure!,
        /replacement/i,
      );
      assert.match((await flag({ flag: 'yank', reason: '', version: '9.9.9' })).failure!, /not published/);
      assert.match((await flag({ flag: 'yank', reason: '', registry: '/tmp' })).failure!, /no registry/);
    });

    it('that were damaged are listed with the reason', async () => {
      await release(encoder('1.2.0'));
      writeFileSync(join(registry(), 'encoder/1.2.0/integrity.json'), '{}');
      rmSync(join(registry(), '.index'), { recursive: true });
      await start();
      const [brick] = await client.request<RegistryBrick[]>(REGISTRY_REQUEST);
      assert.match(brick!.versions[0]!.broken!, /integrity\.json/);
    });

    it('say where they came from, and what came from them', async () => {
      const files = { 'weights.safetensors': weights };
      const shipped = (version: string) => encoder(version, 8, 'weights: weights.safetensors\n');
      const first = await release(shipped('1.0.0'), {
        files,
        trained: {
          run: '20260101-000000-near',
          model: 'near@0.1.0',
          part: 'encoder',
          data: [{ name: 'points', version: '1.0.0', hash: 'a'.repeat(64) }],
          parents: [],
        },
      });
      await release(shipped('1.1.0'), {
        files,
        trained: {
          run: 'gone',
          data: [],
          parents: [{ name: 'encoder', version: '1.0.0', hash: first.hash }],
        },
      });
      writeRun('20260101-000000-near', [
        { part: 'encoder', module: 'encoder', version: '0.9.0', source: 'workspace', weights: 'fresh' },
      ]);
      writeRun('20260102-000000-far', [
        { part: 'taken', module: 'encoder', version: '1.0.0', source: 'registry', weights: 'encoder@1.0.0' },
      ]);
      await start();
      const lineage = (version: string) =>
        client.request<Lineage>(LINEAGE_REQUEST, { registry: registry(), name: 'encoder', version });
      const one = await lineage('1.0.0');
      assert.equal(one.run?.folder, join(root, '.brique/runs/20260101-000000-near'));
      assert.deepEqual(one.data, [
        { name: 'points', version: '1.0.0', hash: 'a'.repeat(64), uri: uri('points') },
      ]);
      assert.deepEqual(one.children, [{ registry: registry(), name: 'encoder', version: '1.1.0' }]);
      assert.deepEqual(
        one.runs.map(({ id, parts }) => [id, parts]),
        [['20260102-000000-far', ['taken']]],
      );
      assert.ok(one.files.some((file) => file.path === 'weights.safetensors'));
      const two = await lineage('1.1.0');
      assert.deepEqual([two.run, two.parents[0]!.registry], [{ id: 'gone' }, registry()]);
      assert.match((await lineage('3.0.0')).failure!, /not published/);
    });
  });

  function writeRun(id: string, bricks: object[]): void {
    const file = join(root, '.brique/runs', id, 'run.json');
    mkdirSync(dirname(file), { recursive: true });
    const engine = { name: 'e', executor: 'eager', backend: 'cpu', library: 'l', device: 'cpu', threads: 1 };
    const record = {
      ...{ format: 1, id, kind: 'train', created: '2026-01-01T00:00:00.000Z', seed: 1, engine },
      model: { name: 'near', version: '0.1.0', file: 'near.brique.yaml' },
      bricks: bricks.map((brick) => ({ hash: 'b'.repeat(64), train: 'full', ...brick })),
      data: [],
      process: { pid: 1, host: 'elsewhere', started: '2026-01-01T00:00:00.000Z' },
      settings: {},
    };
    writeFileSync(file, JSON.stringify(record, undefined, 2));
  }
});

/** A file of one float32 tensor for each of the encoder's; the first number is `first`. */
function safetensors(first = 0, kernel: [number, number] = [8, 16]): Buffer {
  const [size, units] = [kernel[0] * kernel[1] * 4, kernel[1] * 4];
  const header = JSON.stringify({
    'features/kernel': { dtype: 'F32', shape: kernel, data_offsets: [0, size] },
    'features/bias': { dtype: 'F32', shape: [kernel[1]], data_offsets: [size, size + units] },
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  const data = Buffer.alloc(size + units);
  data.writeFloatLE(first, 0);
  return Buffer.concat([length, Buffer.from(header), data]);
}
