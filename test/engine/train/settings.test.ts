import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNumber } from '../../../protocol/runs/numbers';
import { temporaryFolder } from '../data/fixture';
import { forEachExecutor } from '../executors';
import { MODEL, planFor, runHere, writeWorkspace } from './workspace';

forEachExecutor('settings of training', (executor) => {
  const root = temporaryFolder();
  const run = (from: string, to: string) => {
    writeWorkspace(root(), { 'plain.brique.yaml': MODEL.replace(from, to) });
    return runHere(executor(), root(), { plan: planFor(root()) });
  };

  it('let a schedule end with a rate of nothing: the last epoch moves little', async () => {
    const { state } = await run('  seed: 5', '  seed: 5\n  schedule: { warmup: 1, decay: cosine }');
    assert.equal(state.status, 'completed');
    const losses = state.epochsDone.map(({ train }) => decodeNumber(train.loss!));
    const drops = losses.slice(1).map((loss, i) => losses[i]! - loss);
    assert.ok(Math.max(...drops) > 5 * Math.abs(drops.at(-1)!), String(losses));
  });

  it('hold requirements for every value of a column: the worst decides', async () => {
    const bound = (text: string) =>
      run("require: { mood.accuracy: '>= 0.9' }", `require: { reviews.class: { mood.f1: '${text}' } }`);
    const { folder, state } = await bound('>= 0.9');
    const [met] = state.report!.requirements;
    const groups = state.report!.tasks.mood!.slices!['reviews.class']!;
    assert.deepEqual(
      [met!.metric, met!.slice, met!.met],
      ['mood.f1', 'reviews.class', decodeNumber(met!.actual) >= 0.9],
    );
    const worst = Math.min(...Object.values(groups).map(({ metrics }) => decodeNumber(metrics.f1!)));
    assert.equal(decodeNumber(met!.actual), worst);
    assert.equal(decodeNumber(groups[met!.group!]!.metrics.f1!), worst);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')), state.report);
    const [missed] = (await bound('> 1')).state.report!.requirements;
    assert.equal(missed!.met, false);
  });
});
