import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEFAULT_REGISTRIES } from '../../../language/names/published';
import { openRegistries } from '../../../registry/published/open';
import { publish } from '../../../registry/published/publish';
import { Registries } from '../../../registry/published/registries';
import { Registry } from '../../../registry/published/registry';
import { encoder, publishAll, temporaryFolder } from './made';

describe('the index of a registry', () => {
  const folder = temporaryFolder();
  const file = (name = 'encoder') => join(folder.path(), `.index/bricks/${name}.json`);
  const detailed = () => join(folder.path(), '.index/details/encoder.json');
  const both = () => [file(), detailed()].map((each) => readFileSync(each, 'utf8'));
  const opened = () => new Registry(folder.path());

  beforeEach(async () => {
    await publish(folder.path(), encoder());
    await publish(folder.path(), encoder('encoder', '1.1.0'));
    await publishAll(
      folder.path(),
      ['encoder', '1.10.0'],
      ['encoder', '2.0.0-rc.1'],
      ['acme/other', '0.1.0'],
    );
  });

  it('lists versions as semver orders them, and shares equal interfaces', () => {
    const versions = opened()
      .releases('encoder')
      .map(({ version }) => version);
    assert.deepEqual(versions, ['2.0.0-rc.1', '1.10.0', '1.1.0', '1.0.0']);
    assert.equal(Object.keys(JSON.parse(readFileSync(detailed(), 'utf8')).interfaces).length, 2);
  });

  it('is the same made step by step, made from nothing, and made again', () => {
    opened().releases('encoder');
    const step = both();
    rmSync(join(folder.path(), '.index'), { recursive: true });
    opened().releases('encoder');
    assert.deepEqual(both(), step);
    opened().rebuild();
    assert.deepEqual(both(), step);
    assert.ok(existsSync(file('acme/other')));
  });

  it('is made anew when it is missing, damaged, or of other versions', () => {
    opened().releases('encoder');
    const sound = both();
    const [summary, details] = sound as [string, string];
    const damaged: [string, string | Buffer][] = [
      ...['', 'null', '{}', '[]', summary.slice(0, 40), Buffer.from([0xff, 0x0a])].map(
        (text): [string, string | Buffer] => [file(), text],
      ),
      [file(), summary.replace('encoder', 'other')],
      [file(), summary.replace('1.10.0', '1.11.0')],
      [file(), summary.replace('"requires":[]', '"requires":[1]')],
      ...['', 'null', '{}', details.slice(0, -40), '{"interfaces":{},"integrity":{}}'].map(
        (text): [string, string] => [detailed(), text],
      ),
      [detailed(), details.replace(/"hash":"./, '"hash":"x')],
    ];
    for (const [path, text] of damaged) {
      writeFileSync(path, text);
      const registry = opened();
      const release = registry.release('encoder', '1.0.0')!;
      assert.ok(Object.keys(registry.interfaceOf(release)).includes('parameters'));
      assert.equal(registry.integrityOf(release).version, '1.0.0');
      assert.deepEqual(both(), sound, String(text));
    }
    rmSync(detailed());
    mkdirSync(detailed());
    assert.ok(opened().interfaceOf(opened().release('encoder', '1.0.0')!));
  });

  it('follows versions that come and go by hand', () => {
    assert.equal(opened().releases('encoder').length, 4);
    rmSync(join(folder.path(), 'encoder/1.1.0'), { recursive: true });
    assert.equal(opened().release('encoder', '1.1.0'), undefined);
    mkdirSync(join(folder.path(), 'encoder/1.1.0'));
    assert.deepEqual(
      opened()
        .broken('encoder')
        .map(({ version }) => version),
      ['1.1.0'],
    );
    rmSync(join(folder.path(), 'encoder/1.1.0'), { recursive: true });
    assert.deepEqual(opened().broken('encoder'), []);
  });

  it('is all that yanking and deprecating change', () => {
    const before = snapshot(join(folder.path(), 'encoder'));
    const registry = opened();
    registry.yank('encoder', '1.1.0', 'Trained on the test split');
    registry.deprecate('encoder', '1.1.0', 'Use acme/other', 'acme/other@^0.1');
    registry.deprecate('encoder', '1.0.0', 'Old');
    const found = opened().release('encoder', '1.1.0')!;
    assert.equal(found.yanked?.reason, 'Trained on the test split');
    assert.equal(found.deprecated?.message, 'Use acme/other');
    assert.equal(found.deprecated?.replacement, 'acme/other@^0.1');
    assert.equal(registry.release('encoder', '1.0.0')!.deprecated?.message, 'Old');
    const choices = new Registries('/', [folder.path()]).universe().releases('encoder')!;
    assert.deepEqual(
      choices.filter(({ yanked }) => yanked).map(({ version }) => version),
      ['1.1.0'],
    );
    opened().rebuild();
    assert.ok(opened().release('encoder', '1.1.0')!.yanked);
    registry.unyank('encoder', '1.1.0');
    registry.unyank('encoder', '1.1.0');
    assert.equal(opened().release('encoder', '1.1.0')!.yanked, undefined);
    assert.ok(opened().release('encoder', '1.1.0')!.deprecated);
    registry.undeprecate('encoder', '1.1.0');
    assert.equal(opened().release('encoder', '1.1.0')!.deprecated, undefined);
    assert.deepEqual(snapshot(join(folder.path(), 'encoder')), before);
  });

  it('says of nothing that it is yanked which is not there', () => {
    const registry = opened();
    const cases: [string, string, RegExp][] = [
      ['encoder', '3.0.0', /encoder 3.0.0 is not published/],
      ['none', '1.0.0', /none 1.0.0 is not published/],
      ['../encoder', '1.0.0', /The name `..\/encoder` is no name/],
      ['encoder', '../1.0.0', /is no version/],
      ['encoder', '1.0.0\0', /`1.0.0\\u0000` of encoder is no version/],
    ];
    for (const [name, version, expected] of cases) {
      assert.throws(() => registry.yank(name, version), expected);
      assert.throws(() => registry.manifest(name, version), expected);
      assert.equal(registry.release(name, version), undefined);
    }
    assert.throws(
      () => registry.deprecate('encoder', '1.0.0', 'm', '../x'),
      /replacement `..\/x` is no name/,
    );
    assert.throws(() => registry.deprecate('encoder', '1.0.0', 'm', 'x@what'), /range `what`/);
  });

  it('counts a damaged flag as said', () => {
    opened().yank('encoder', '1.0.0');
    const flags = join(folder.path(), '.index/flags/encoder');
    writeFileSync(join(flags, '1.0.0.yanked.json'), '{"rea');
    writeFileSync(join(flags, 'nonsense'), '');
    assert.ok(opened().release('encoder', '1.0.0')!.yanked);
  });

  it('takes of a version that several registries have the first', async () => {
    const other = join(folder.path(), '.second');
    await publishAll(other, ['encoder', '1.1.0'], ['encoder', '3.0.0'], ['more', '1.0.0']);
    const registries = new Registries(folder.path(), ['.', '.second', './.second', 'missing']);
    assert.deepEqual(registries.names(), ['acme/other', 'encoder', 'more']);
    assert.deepEqual(
      registries.releases('encoder').map(({ version }) => version),
      ['3.0.0', '2.0.0-rc.1', '1.10.0', '1.1.0', '1.0.0'],
    );
    assert.equal(registries.of(registries.release('encoder', '1.1.0')!).folder, folder.path());
    assert.equal(registries.of(registries.release('encoder', '3.0.0')!).folder, other);
    assert.equal(registries.universe().releases('unknown'), undefined);
  });

  it('is of the registries that the workspace file names', () => {
    const folders = () => openRegistries(folder.path()).all.map((registry) => registry.folder);
    assert.deepEqual(folders(), [join(folder.path(), '.brique/registry')]);
    const write = (text: string) => writeFileSync(join(folder.path(), 'workspace.brique.yaml'), text);
    write('kind: workspace\n');
    assert.deepEqual(folders(), [join(folder.path(), '.brique/registry')]);
    write('kind: workspace\nregistries: [shared, ../other, /srv/bricks, 3]\n');
    const expected = ['shared', '../other', '/srv/bricks'].map((each) => resolve(folder.path(), each));
    assert.deepEqual(folders(), expected);
    const schema = JSON.parse(
      readFileSync(join(__dirname, '../../../schemas/workspace.schema.json'), 'utf8'),
    );
    assert.deepEqual(schema.properties.registries.default, DEFAULT_REGISTRIES);
  });

  function snapshot(root: string): Record<string, string> {
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    return Object.fromEntries(
      files.map((each) => {
        const path = join(each.parentPath, each.name);
        return [path, readFileSync(path, 'latin1')];
      }),
    );
  }
});
