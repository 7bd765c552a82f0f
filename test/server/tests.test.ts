import assert from 'node:assert/strict';
import { type BrickTests, TESTS_REQUEST } from '../../protocol/tests';
import { type Client, connect } from './client';
import { ExampleFolder } from './folder';

describe('the tests of bricks, as the server lists them', () => {
  let folder: ExampleFolder;
  let client: Client;

  beforeEach(async () => {
    folder = new ExampleFolder('reviews');
    client = connect();
    await client.start([folder.path]);
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const ask = () => client.connection.sendRequest<BrickTests[]>(TESTS_REQUEST);

  it('are those of the workspace, not of the library, by brick and line', async () => {
    const found = await ask();
    assert.deepEqual(
      found.map(({ module }) => module),
      ['domain-adapter', 'text-encoder'],
    );
    const lines = folder.read('text-encoder').split('\n');
    const { uri, line, tests } = found[1]!;
    assert.equal(uri, folder.uri('text-encoder'));
    assert.equal(lines[line - 1], 'name: text-encoder');
    assert.deepEqual(
      tests.map((test) => [test.name, lines[test.line - 1]]),
      [['keeps the batch dimension', '  - name: keeps the batch dimension']],
    );
  });

  it('follow what is typed', async () => {
    const uri = folder.uri('text-encoder');
    await client.open(uri, folder.read('text-encoder'));
    await client.type(uri, 'keeps the batch dimension', 'keeps rows');
    assert.equal((await ask())[1]!.tests[0]!.name, 'keeps rows');
  });
});
