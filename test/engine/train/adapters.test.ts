import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readSafetensors } from '../../../engine/data/safetensors';
import { StopSignal } from '../../../engine/train/stop-signal';
import { temporaryFolder } from '../data/fixture';
import { forEachExecutor } from '../executors';
import { MODEL, planFor, runHere, writeWorkspace } from './workspace';

const ADAPTED = MODEL.replace('name: plain', 'name: adapted')
  .replace('params: { vocab: 60, length: 8 }', 'params: { vocab: 60, length: 8 }, weights: run:plain')
  .replace('in: words.tokens }', 'in: words.tokens, weights: run:plain, train: TRAIN }')
  .replace('seed: 5', 'seed: 5\n  checkpoint: last');

forEachExecutor('a run with adapters', (executor) => {
  const root = temporaryFolder();

  function write(train: string): void {
    writeWorkspace(root(), { 'adapted.brique.yaml': ADAPTED.replace('TRAIN', train) });
  }

  const tensors = (folder: string, file: string) =>
    readSafetensors(readFileSync(join(folder, file)), file).tensors;

  it('saves the weights with the adapters merged in, and the adapters by themselves', async () => {
    write('{ lora: { rank: 2, alpha: 4 } }');
    const base = await runHere(executor(), root(), { plan: planFor(root()) });
    const { folder, state } = await runHere(executor(), root(), {
      plan: planFor(root(), 'adapted.brique.yaml'),
    });
    assert.equal(state.failure, undefined);
    assert.equal(state.status, 'completed');
    const encoder = state.compiled!.parts.find(({ name }) => name === 'encoder')!;
    assert.equal(encoder.trainable, 2 * (60 + 8));

    const before = tensors(base.folder, 'weights/encoder.safetensors').get('embedded/table')!;
    const after = tensors(folder, 'weights/encoder.safetensors');
    assert.deepEqual([...after.keys()], ['embedded/table']);
    const adapter = tensors(folder, 'adapters/encoder.safetensors');
    const [a, b] = ['embedded/table.lora_a', 'embedded/table.lora_b'].map((name) => adapter.get(name)!);
    let moved = 0;
    for (const [at, value] of after.get('embedded/table')!.data.entries()) {
      const [row, column] = [Math.floor(at / 8), at % 8];
      const product = [0, 1].reduce((sum, k) => sum + a!.data[row * 2 + k]! * b!.data[k * 8 + column]!, 0);
      assert.ok(Math.abs(value - (before.data[at]! + 2 * product)) < 1e-6);
      moved = Math.max(moved, Math.abs(value - before.data[at]!));
    }
    assert.ok(moved > 0.01, `moved by ${moved}`);
    assert.ok(!existsSync(join(folder, 'adapters/head.safetensors')));

    const again = await runHere(executor(), root(), {
      kind: 'evaluate',
      plan: planFor(root(), 'adapted.brique.yaml'),
      run: basename(folder),
    });
    assert.deepEqual(again.state.report!.tasks, state.report!.tasks);
  });

  it('takes them over into the weights where the next phase has none, and goes on there to the bit', async () => {
    write('[{ lora: { rank: 2 }, epochs: 2 }, { frozen: 1 }, { lora: { rank: 3 }, epochs: 2 }, full]');
    await runHere(executor(), root(), { plan: planFor(root()) });
    const plan = planFor(root(), 'adapted.brique.yaml');
    const modes = plan.parts.find(({ name }) => name === 'encoder')!.train.map(({ mode }) => mode);
    assert.deepEqual(modes, ['lora', 'frozen', 'lora', 'full']);
    const whole = await runHere(executor(), root(), { plan });
    assert.equal(whole.state.failure, undefined);
    const weights = (folder: string) =>
      readFileSync(join(folder, 'weights/encoder.safetensors')).toString('base64');
    for (const epochs of [1, 2, 3, 4, 5]) {
      const stop = new StopSignal();
      stop.breathe = async () => {
        const told = readFileSync(join(stop.folder!, 'events.jsonl'), 'utf8');
        if (told.split('"epoch_done"').length > epochs) stop.ask();
      };
      const { folder, state } = await runHere(executor(), root(), { plan }, stop);
      assert.equal(state.status, 'cancelled');
      const resumed = await runHere(executor(), root(), { plan, resume: basename(folder) });
      assert.equal(resumed.state.failure, undefined);
      assert.equal(weights(folder), weights(whole.folder), `stopped after epoch ${epochs}`);
      assert.deepEqual(resumed.state.report, whole.state.report);
    }
  });
});
