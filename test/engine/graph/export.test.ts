import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGraphExecutor } from '../../../engine/tensorflow/graph';
import { exportSavedModel } from '../../../engine/tensorflow/graph/export';
import { NativeGraph, prepareCall } from '../../../engine/tensorflow/graph/native-graph';
import { loadNativeTensorflow } from '../../../engine/tensorflow/runtime';
import { batches, firstState, perceptron } from './mlp';
import { needsNativeTensorflow } from './native';
import { allClose, tensor } from './tensors';

describe('graph: export', function () {
  needsNativeTensorflow(this);
  const layers = { inputs: 12, hidden: 16, classes: 3 };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'brique-export-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives what the trained session gives', async () => {
    const step = perceptron(layers, 'b');
    const session = await (await openGraphExecutor()).open(step, firstState(step, 1));
    for (const batch of batches(layers, 8, 5, 3)) await session.run('train', batch);
    const x = tensor([4, 12], (i) => Math.sin(i));
    const expected = (await session.run('serve', { x })).probabilities!;

    exportSavedModel(step, await session.read(), folder);
    session.close();
    assert.deepEqual(readdirSync(folder), ['saved_model.pb']);
    const model = new NativeGraph(
      loadNativeTensorflow().binding,
      readFileSync(join(folder, 'saved_model.pb')),
    );
    const call = prepareCall({
      inputs: { x: { tensor: 'serve/input/x:0', dtype: 'float32', shape: [-1, 12] } },
      outputs: {
        probabilities: { tensor: 'serve/output/probabilities:0', dtype: 'float32', shape: [-1, 3] },
      },
    });
    const outputs = model.run(call, { x });
    model.close();
    // Weights that cannot change are multiplied by another kernel, so the last bits may differ.
    allClose(outputs.probabilities!, expected, 1e-6);
  });

  it('says which state has no value', () => {
    assert.throws(
      () => exportSavedModel(perceptron(layers, 'b'), new Map(), folder),
      /'first\.kernel' has no value/,
    );
    assert.deepEqual(readdirSync(folder), []);
  });
});
