import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
});
