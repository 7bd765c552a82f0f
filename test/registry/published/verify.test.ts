import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PublishedVersions } from '../../../registry/published/host';
import { publish } from '../../../registry/published/publish';
import { Registries } from '../../../registry/published/registries';
import { Registry } from '../../../registry/published/registry';
import { verify } from '../../../registry/published/verify';
import { encoder, publishAll, temporaryFolder } from './made';

describe('a damaged registry', () => {
  const folder = temporaryFolder();
  const at = (path: string) => join(folder.path(), path);
  const found = async () => (await verify(folder.path())).map(({ code, path }) => `${code} ${path}`);

  beforeEach(async () => {
    await publish(folder.path(), encoder());
    await publishAll(folder.path(), ['acme/other', '0.1.0']);
  });

  /** All questions that a registry answers, of which none may crash. */
  async function ask(): Promise<Registry> {
    const registry = new Registry(folder.path());
    for (const name of registry.names()) {
      registry.broken(name);
      for (const release of registry.releases(name)) {
        registry.interfaceOf(release);
        registry.integrityOf(release);
      }
    }
    new Registries('/', [folder.path()]).universe().releases('encoder');
    return registry;
  }

  it('that has lost what a version was trained from still answers', async () => {
    const published = new PublishedVersions();
    const scope = { root: folder.path(), folders: ['.'] };
    const [version] = published.brick(scope, 'encoder').versions;
    assert.equal(published.trained(scope, version!), undefined);
    rmSync(at('.index/details'), { recursive: true });
    rmSync(at('encoder/1.0.0/weights.safetensors'));
    const again = new PublishedVersions();
    assert.equal(again.brick(scope, 'encoder').versions.length, 1, 'the summary is still there');
    assert.equal(again.trained(scope, version!), undefined);
  });

  it('says in plain words what is wrong with integrity.json', async () => {
    const said = async (text: string) => {
      writeFileSync(at('encoder/1.0.0/integrity.json'), text);
      return (await verify(folder.path())).map(({ message }) => message);
    };
    const sound = JSON.parse(readFileSync(at('encoder/1.0.0/integrity.json'), 'utf8'));
    assert.deepEqual(await said('3'), ['encoder 1.0.0: integrity.json must be an object']);
    assert.deepEqual(await said(JSON.stringify({ ...sound, files: [] })), [
      'encoder 1.0.0: `files` in integrity.json must be an object',
    ]);
    const { manifest: _, ...rest } = sound;
    assert.deepEqual(await said(JSON.stringify(rest)), ['encoder 1.0.0: integrity.json has no `manifest`']);
    assert.deepEqual(await said(JSON.stringify({ ...sound, more: 1 })), [
      'encoder 1.0.0: integrity.json has keys that nobody knows',
    ]);
  });

  it('has no findings before it is damaged', async () => {
    assert.deepEqual(await found(), []);
  });

  const damages: Record<string, { damage: () => void; expected: string[] }> = {
    'without integrity.json': {
      damage: () => rmSync(at('encoder/1.0.0/integrity.json')),
      expected: ['integrity-missing encoder/1.0.0/integrity.json'],
    },
    'with an empty version': {
      damage: () => mkdirSync(at('encoder/1.0.1')),
      expected: ['integrity-missing encoder/1.0.1/integrity.json'],
    },
    'with integrity.json that is not JSON': {
      damage: () => writeFileSync(at('encoder/1.0.0/integrity.json'), '{"format": 1,'),
      expected: ['integrity-broken encoder/1.0.0/integrity.json'],
    },
    'with integrity.json of null': {
      damage: () => writeFileSync(at('encoder/1.0.0/integrity.json'), 'null'),
      expected: ['integrity-broken encoder/1.0.0/integrity.json'],
    },
    'with giant JSON': {
      damage: () => writeFileSync(at('encoder/1.0.0/integrity.json'), `[${'['.repeat(9_000_000)}`),
      expected: ['integrity-broken encoder/1.0.0/integrity.json'],
    },
    'with deep JSON': {
      damage: () => writeFileSync(at('encoder/1.0.0/integrity.json'), '['.repeat(500_000)),
      expected: ['integrity-broken encoder/1.0.0/integrity.json'],
    },
    'with integrity.json of another version': {
      damage: () => {
        mkdirSync(at('encoder/1.0.2'));
        writeFileSync(at('encoder/1.0.2/integrity.json'), readFileSync(at('encoder/1.0.0/integrity.json')));
      },
      expected: ['integrity-broken encoder/1.0.2/integrity.json'],
    },
    'with a path out of it in integrity.json': {
      damage: () => {
        const text = readFileSync(at('encoder/1.0.0/integrity.json'), 'utf8');
        writeFileSync(
          at('encoder/1.0.0/integrity.json'),
          text.replace('"weights.safetensors"', '"../../../etc/passwd"'),
        );
      },
      expected: ['integrity-broken encoder/1.0.0/integrity.json'],
    },
    'with files more': {
      damage: () => writeFileSync(at('encoder/1.0.0/more.txt'), 'x'),
      expected: ['file-extra encoder/1.0.0/more.txt'],
    },
    'with a file less': {
      damage: () => rmSync(at('encoder/1.0.0/text/tokenizer.json')),
      expected: ['file-missing encoder/1.0.0/text/tokenizer.json'],
    },
    'with truncated weights': {
      damage: () => truncateSync(at('encoder/1.0.0/weights.safetensors'), 100),
      expected: ['file-changed encoder/1.0.0/weights.safetensors'],
    },
    'with other weights of the same size and time': {
      damage: () => {
        const file = at('encoder/1.0.0/weights.safetensors');
        const bytes = readFileSync(file);
        bytes[bytes.byteLength - 1]! ^= 1;
        writeFileSync(file, bytes);
        utimesSync(file, 1, 1);
      },
      expected: ['file-changed encoder/1.0.0/weights.safetensors'],
    },
    'with a manifest that is not UTF-8': {
      damage: () => writeFileSync(at('encoder/1.0.0/module.brique.yaml'), Buffer.from([0xff, 0xfe, 0x80])),
      expected: ['file-changed encoder/1.0.0/module.brique.yaml'],
    },
    'with a name in another case': {
      damage: () =>
        renameSync(at('encoder/1.0.0/weights.safetensors'), at('encoder/1.0.0/Weights.safetensors')),
      expected: ['wrong-case encoder/1.0.0/Weights.safetensors'],
    },
    'with a folder in place of a file': {
      damage: () => {
        rmSync(at('encoder/1.0.0/weights.safetensors'));
        mkdirSync(at('encoder/1.0.0/weights.safetensors'));
      },
      expected: ['file-missing encoder/1.0.0/weights.safetensors'],
    },
    'with things that belong to nothing': {
      damage: () => {
        writeFileSync(at('notes.txt'), 'x');
        writeFileSync(at('encoder/notes.txt'), 'x');
        mkdirSync(at('Encoder'));
        mkdirSync(at('acme/other/deep'));
      },
      expected: ['stray Encoder', 'stray acme/other/deep', 'stray encoder/notes.txt', 'stray notes.txt'],
    },
  };
  const posix: typeof damages = {
    'with a link in place of a file': {
      damage: () => {
        rmSync(at('encoder/1.0.0/weights.safetensors'));
        symlinkSync('/etc/passwd', at('encoder/1.0.0/weights.safetensors'));
      },
      expected: ['link encoder/1.0.0/weights.safetensors'],
    },
    'with a link in place of integrity.json': {
      damage: () => {
        renameSync(at('encoder/1.0.0/integrity.json'), at('integrity.json'));
        symlinkSync('../../integrity.json', at('encoder/1.0.0/integrity.json'));
      },
      expected: ['integrity-broken encoder/1.0.0/integrity.json', 'stray integrity.json'],
    },
    'with links in place of folders': {
      damage: () => {
        renameSync(at('encoder/1.0.0/text'), at('acme/other/0.1.0/text'));
        symlinkSync(at('acme/other/0.1.0/text'), at('encoder/1.0.0/text'));
        symlinkSync(at('encoder/1.0.0'), at('encoder/1.0.3'));
        symlinkSync('/', at('root'));
      },
      expected: [
        'file-extra acme/other/0.1.0/text/tokenizer.json',
        'link encoder/1.0.0/text',
        'file-missing encoder/1.0.0/text/tokenizer.json',
        'link encoder/1.0.3',
        'link root',
      ],
    },
    'with a pipe in place of a file': {
      damage: () => {
        rmSync(at('encoder/1.0.0/weights.safetensors'));
        execFileSync('mkfifo', [at('encoder/1.0.0/weights.safetensors')]);
      },
      expected: ['not-a-file encoder/1.0.0/weights.safetensors'],
    },
    'with a pipe in place of integrity.json': {
      damage: () => {
        rmSync(at('encoder/1.0.0/integrity.json'));
        execFileSync('mkfifo', [at('encoder/1.0.0/integrity.json')]);
      },
      expected: ['integrity-broken encoder/1.0.0/integrity.json'],
    },
  };
  const all = process.platform === 'win32' ? damages : { ...damages, ...posix };

  for (const [how, { damage, expected }] of Object.entries(all)) {
    it(`is told ${how}`, async () => {
      damage();
      assert.deepEqual(await found(), expected);
      await ask();
      rmSync(at('.index'), { recursive: true });
      assert.deepEqual(await found(), expected);
      await ask();
      assert.deepEqual(new Registry(folder.path()).release('acme/other', '0.1.0')?.version, '0.1.0');
    });
  }

  it('does not hand out changed files, and says which it is', async () => {
    writeFileSync(at('encoder/1.0.0/text/tokenizer.json'), 'other');
    writeFileSync(at('encoder/1.0.0/module.brique.yaml'), 'kind: module');
    const registry = await ask();
    await assert.rejects(
      registry.verifiedFile('encoder', '1.0.0', 'text/tokenizer.json'),
      /`text\/tokenizer.json` of encoder 1.0.0 is not what was published: 5 bytes instead of 27/,
    );
    assert.throws(() => registry.manifest('encoder', '1.0.0'), /`module.brique.yaml` of encoder 1.0.0/);
    await registry.verifiedFile('encoder', '1.0.0', 'weights.safetensors');
    await assert.rejects(registry.verifiedFile('encoder', '1.0.0', '../1.0.0/integrity.json'), /has no file/);
  });

  it('is found out by its index when files and hashes are changed alike', async () => {
    const other = join(folder.path(), 'elsewhere');
    await publish(other, { ...encoder(), files: { ...encoder().files, 'more.txt': Buffer.from('x') } });
    await ask();
    rmSync(at('encoder/1.0.0'), { recursive: true });
    renameSync(join(other, 'encoder/1.0.0'), at('encoder/1.0.0'));
    rmSync(other, { recursive: true });
    assert.deepEqual(await found(), ['integrity-changed encoder/1.0.0/integrity.json']);
  });

  it('is told where its index says something else', async () => {
    await ask();
    const file = at('.index/bricks/encoder.json');
    const requires = JSON.stringify([{ name: 'other', range: '*' }]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"requires":[]', `"requires":${requires}`));
    assert.deepEqual(await found(), ['index-differs encoder/1.0.0/module.brique.yaml']);
    new Registry(folder.path()).rebuild();
    assert.deepEqual(await found(), []);
  });

  it('is told where something may not be read', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) return this.skip();
    chmodSync(at('encoder/1.0.0'), 0);
    try {
      assert.deepEqual(await found(), ['unreadable encoder/1.0.0']);
      await ask();
    } finally {
      chmodSync(at('encoder/1.0.0'), 0o755);
    }
  });

  it('keeps what is broken from being chosen, and says why', () => {
    truncateSync(at('encoder/1.0.0/weights.safetensors'), 100);
    rmSync(at('.index'), { recursive: true });
    const registries = new Registries('/', [folder.path()]);
    assert.equal(registries.universe().releases('encoder'), undefined);
    assert.match(
      registries.all[0]!.broken('encoder')[0]!.why,
      /`weights.safetensors` is no sound safetensors file/,
    );
  });
});
