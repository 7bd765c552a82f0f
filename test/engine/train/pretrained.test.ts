import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '../../../engine/data/safetensors';
import { temporaryFolder } from '../data/fixture';
import { forEachExecutor } from '../executors';
import { MODEL, planFor, runHere, writeWorkspace } from './workspace';

forEachExecutor('weights that a brick ships', (executor) => {
  const root = temporaryFolder();

  it('are read from beside its manifest', async () => {
    writeWorkspace(root());
    const { folder } = await runHere(executor(), root(), { plan: planFor(root()) });
    copyFileSync(join(folder, 'weights/encoder.safetensors'), join(root(), 'encoder.safetensors'));
    const encoder = readFileSync(join(root(), 'encoder.brique.yaml'), 'utf8');
    writeWorkspace(root(), {
      'encoder.brique.yaml': `${encoder}weights: encoder.safetensors\n`,
      'plain.brique.yaml': MODEL.replace('length: 8 } }', "length: 8 }, weights: 'run:plain' }").replace(
        'in: words.tokens }',
        'in: words.tokens, weights: pretrained, train: frozen }',
      ),
    });
    const { state, folder: second } = await runHere(executor(), root(), { plan: planFor(root()) });
    assert.equal(state.failure, undefined);
    assert.ok(
      readFileSync(join(second, 'weights/encoder.safetensors')).equals(
        readFileSync(join(root(), 'encoder.safetensors')),
      ),
    );
  });

  it('are taken under the names that the brick gave its nodes before', async () => {
    writeWorkspace(root());
    const { folder } = await runHere(executor(), root(), { plan: planFor(root()) });
    const encoder = readFileSync(join(root(), 'encoder.brique.yaml'), 'utf8');
    const renamed = encoder.replaceAll('embedded', 'words');
    assert.notEqual(renamed, encoder);
    const frozen = MODEL.replace(
      'in: words.tokens }',
      "in: words.tokens, weights: 'run:plain', train: frozen }",
    );
    writeWorkspace(root(), { 'encoder.brique.yaml': renamed, 'plain.brique.yaml': frozen });
    const lost = await runHere(executor(), root(), { plan: planFor(root()) });
    assert.equal(lost.state.failure?.code, 'weights-mismatch');
    writeWorkspace(root(), {
      'encoder.brique.yaml': `${renamed}renames: { embedded: words }\n`,
      'plain.brique.yaml': frozen,
    });
    const { state, folder: second } = await runHere(executor(), root(), { plan: planFor(root()) });
    assert.equal(state.failure, undefined);
    const [before, after] = [folder, second].map((each) => {
      const file = join(each, 'weights/encoder.safetensors');
      return readSafetensors(readFileSync(file), file).tensors;
    });
    assert.deepEqual([...after!.keys()], ['words/table']);
    assert.deepEqual(after!.get('words/table'), before!.get('embedded/table'));
  });
});
