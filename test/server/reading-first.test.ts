import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { Files } from '../../server/files';
import { connect } from './client';
import { ExampleFolder } from './folder';

describe('the language server before all files are read', () => {
  let folder: ExampleFolder;

  beforeEach(() => {
    folder = new ExampleFolder('reviews');
  });

  afterEach(() => folder.remove());

  function listed(): Files {
    const files = new Files();
    files.addFolder(new URL('.', folder.uri('x')).href.replace(/\/$/, ''));
    files.listLibrary();
    files.listFolder(new URL('.', folder.uri('x')).href.replace(/\/$/, ''));
    return files;
  }

  const open = (files: Files, name: string): string => {
    files.open(folder.uri(name), { version: 1, text: folder.read(name) });
    const file = join(folder.path, `${name}.brique.yaml`);
    files.readNamedIn(file);
    return file;
  };

  it('reads what an open file names, and finds in it what it finds with all files', async () => {
    folder.write('unrelated', 'kind: module\nname: unrelated\nversion: 1.0.0\n');
    const files = listed();
    const model = open(files, 'product-sentiment');
    const read = files.workspace.files().map((file) => basename(file, '.brique.yaml'));
    assert.ok(read.includes('text-encoder') && read.includes('product-reviews'));
    assert.ok(!read.includes('unrelated'));
    assert.equal(files.workspace.missesNames(model), false);
    const early = files.workspace.check(model);
    await files.readListed();
    assert.ok(files.workspace.source(join(folder.path, 'unrelated.brique.yaml')));
    assert.deepEqual(files.workspace.check(model), early);
  });

  it('does not rely on what files are called', async () => {
    folder.write('somewhere', folder.read('text-encoder').replace('name: text-encoder', 'name: hidden-away'));
    const text = folder.read('product-sentiment').replace('text-encoder@^1', 'hidden-away@^1');
    folder.write('product-sentiment', text);
    const files = listed();
    const model = open(files, 'product-sentiment');
    assert.equal(files.workspace.missesNames(model), true);
    await files.readListed();
    assert.equal(files.workspace.missesNames(model), false);
    assert.deepEqual(files.workspace.check(model), []);

    const client = connect();
    await client.start([folder.path]);
    await client.open(folder.uri('product-sentiment'), text);
    assert.deepEqual((await client.pull(folder.uri('product-sentiment'))).items, []);
    await client.stop();
  });

  it('says that a name is unknown once everything was looked at', async () => {
    const client = connect();
    await client.start([folder.path]);
    const uri = folder.uri('product-sentiment');
    await client.open(uri, folder.read('product-sentiment').replace('text-encoder@^1', 'nowhere@^1'));
    const { items } = await client.pull(uri);
    assert.equal(items[0]?.code, 'unresolved-module');
    await client.stop();
  });

  it('does not read what belongs to a folder that is gone', async () => {
    const files = listed();
    files.removeFolder(new URL('.', folder.uri('x')).href.replace(/\/$/, ''));
    await files.readListed();
    assert.deepEqual(files.workspace.files(), []);
  });
});
