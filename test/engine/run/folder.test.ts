import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineFailure } from '../../../engine/failure';
import { findRun } from '../../../engine/run/find';
import { RunFolder } from '../../../engine/run/folder';
import { validateRunEvent, validateRunRecord } from '../../../protocol/generated/validate';
import { readRecord, readRun } from '../../../protocol/runs/read';
import { record, STARTED, trainingEvents, writeRun } from '../../protocol/fixture';
import { planOf, temporaryFolder } from '../data/fixture';

describe('a run folder', () => {
  const root = temporaryFolder();
  const now = new Date(2026, 0, 2, 3, 4, 5);

  it('is named after model and time, and two of one second are told apart', () => {
    const ids = [1, 2, 3].map(() => RunFolder.create(root(), 'product-sentiment', now).id);
    assert.deepEqual(ids, [
      'product-sentiment-20260102-030405',
      'product-sentiment-20260102-030405-2',
      'product-sentiment-20260102-030405-3',
    ]);
  });

  it('may be of a scoped model', () => {
    assert.equal(RunFolder.create(root(), 'acme/sentiment', now).id, 'acme-sentiment-20260102-030405');
  });

  it('is no run until its record is there, and then holds valid lines', () => {
    const folder = RunFolder.create(root(), 'm', now);
    assert.equal(readRecord(folder.path), undefined);
    const log = folder.begin(record(folder.id), planOf([]));
    for (const event of trainingEvents()) log.append(event);
    assert.ok(validateRunRecord(JSON.parse(readFileSync(join(folder.path, 'run.json'), 'utf8'))));
    const lines = readFileSync(join(folder.path, 'events.jsonl'), 'utf8').trimEnd().split('\n');
    for (const [seq, line] of lines.entries()) {
      const event: unknown = JSON.parse(line);
      assert.ok(validateRunEvent(event), `${line}: ${JSON.stringify(validateRunEvent.errors)}`);
      assert.equal(event.seq, seq);
    }
    assert.equal(readRun(folder.path)!.status, 'completed');
    assert.throws(() => log.append(STARTED), /after the end/);
  });

  it('writes files whole, and leaves nothing behind where it cannot', () => {
    const folder = RunFolder.create(root(), 'm', now);
    folder.write('weights/head.safetensors', 'abc');
    assert.equal(readFileSync(join(folder.path, 'weights/head.safetensors'), 'utf8'), 'abc');
    writeFileSync(join(folder.path, 'blocked'), '');
    assert.throws(() => folder.write('blocked/file', 'abc'));
    assert.deepEqual(readdirSync(folder.path).sort(), ['blocked', 'weights']);
  });

  it('does not take over events that somebody else writes', () => {
    const folder = RunFolder.create(root(), 'm', now);
    folder.begin(record(folder.id), planOf([]));
    assert.throws(() => folder.begin(record(folder.id), planOf([])), /EEXIST/);
  });
});

describe('finding a run', () => {
  const root = temporaryFolder();

  it('goes by id, or takes the newest completed one of a model', async () => {
    const runs = join(root(), '.brique', 'runs');
    for (const [id, created, events] of [
      ['a', '2026-01-01T00:00:00.000Z', trainingEvents()],
      ['b', '2026-01-02T00:00:00.000Z', trainingEvents()],
      ['c', '2026-01-03T00:00:00.000Z', [STARTED]],
    ] as const) {
      const { log } = writeRun(runs, record(id, { created }));
      for (const event of events) log.append(event);
    }
    assert.equal((await findRun(root(), 'a')).state.record.id, 'a');
    assert.equal((await findRun(root(), 'product-sentiment')).state.record.id, 'b');
    await assert.rejects(findRun(root(), 'restaurant-sentiment'), (error) => {
      assert.ok(error instanceof EngineFailure);
      assert.match(error.message, /There is no completed run of restaurant-sentiment/);
      assert.match(
        error.failure.help ?? '',
        /brique train restaurant-sentiment \(there are runs of product-sentiment\)/,
      );
      return true;
    });
  });
});
