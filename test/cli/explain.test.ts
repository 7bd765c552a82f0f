import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Explanation } from '../../engine/step/explain';
import { temporaryFolder } from '../engine/data/fixture';
import { MODEL, writeWorkspace } from '../engine/train/workspace';
import { brique, needsBundle } from './brique';

describe('brique train --explain', () => {
  needsBundle();
  const root = temporaryFolder();
  const frozen = MODEL.replace('in: words.tokens }', 'in: words.tokens, train: [{ frozen: 2 }, full] }');

  it('lists the compiled step with shapes and costs, and trains nothing', async () => {
    writeWorkspace(root(), { 'plain.brique.yaml': frozen });
    const { code, stdout, stderr } = await brique(root(), 'train', 'plain', '--explain');
    assert.deepEqual([code, stderr], [0, '']);
    assert.ok(!existsSync(join(root(), '.brique', 'runs')));
    assert.match(stdout, /^plain 0\.1\.0, figures for batches of 16\n\nEpochs 1 to 2\n/);
    assert.match(stdout, /^encoder +480 +0$/m);
    assert.match(stdout, /^Memory: about [\d.]+ kB \(weights /m);
    assert.match(stdout, /^Computed once and kept: encoder\/features\.out, by encoder\/embedded, /m);
    assert.match(stdout, /^ {4}%\d+ +matmul %\d+ %\d+ +float32\[.*batch, 2\] {2}512 FLOPs$/m);
    assert.match(stdout, /^Epochs 3 to 6\n/m);
    assert.match(stdout, /^ {4}adam encoder\/embedded\/table /m);
  });

  it('says the same to programs', async () => {
    writeWorkspace(root(), { 'plain.brique.yaml': frozen });
    const ended = await brique(root(), 'train', 'plain', '--explain', '--json', '--set', 'train.batch=8');
    const { batch, phases } = JSON.parse(ended.stdout) as Explanation;
    assert.equal(batch, 8);
    assert.deepEqual(
      phases.map(({ epochs }) => epochs),
      [
        [1, 2],
        [3, 6],
      ],
    );
    const [first, second] = phases as [Explanation['phases'][0], Explanation['phases'][0]];
    assert.deepEqual(first.cached.values, ['encoder/features.out']);
    assert.deepEqual(second.cached.values, []);
    assert.ok(second.programs.train!.flops > first.programs.train!.flops);
    assert.ok(second.memory.total > first.memory.total);
    for (const [id, { operands }] of second.programs.train!.instructions.entries())
      for (const operand of operands) assert.ok(operand < id);
  });
});
