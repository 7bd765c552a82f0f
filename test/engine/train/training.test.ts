import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '../../../engine/data/safetensors';
import { failureOf } from '../../../engine/failure';
import { makeRun } from '../../../engine/make-run';
import { StopSignal } from '../../../engine/train/stop-signal';
import { validateRunEvent, validateRunRecord } from '../../../protocol/generated/validate';
import { decodeNumber } from '../../../protocol/runs/numbers';
import { requestStop } from '../../../protocol/runs/stop';
import { temporaryFolder } from '../data/fixture';
import { forEachExecutor } from '../executors';
import { MODEL, plainReviews, planFor, runHere, writeWorkspace } from './workspace';

forEachExecutor('a training run', (executor) => {
  const root = temporaryFolder();

  it('learns, saves, evaluates and tells all of it in valid events', async () => {
    writeWorkspace(root());
    const { folder, state } = await runHere(executor(), root(), { plan: planFor(root()) });
    assert.equal(state.failure, undefined);
    assert.equal(state.status, 'completed');
    const { metrics, examples, confusion, slices } = state.report!.tasks.mood!;
    assert.equal(metrics.accuracy, 1);
    assert.deepEqual(confusion, {
      labels: ['negative', 'positive'],
      counts: [
        [20, 0],
        [0, 20],
      ],
    });
    assert.equal(examples, 40);
    assert.equal(slices!['reviews.class']!.positive!.examples, 20);
    assert.deepEqual(
      state.report!.requirements.map(({ met }) => met),
      [true],
    );
    const losses = state.epochsDone.map(({ train }) => decodeNumber(train.loss!));
    assert.ok(losses.at(-1)! < losses[0]! / 4, String(losses));
    assert.deepEqual(
      state.compiled!.parts.map(({ name, parameters }) => [name, parameters]),
      [
        ['words', 0],
        ['encoder', 480],
        ['head', 18],
      ],
    );

    const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8').trimEnd().split('\n');
    for (const [seq, line] of lines.entries()) {
      const event: unknown = JSON.parse(line);
      assert.ok(validateRunEvent(event), `${line}\n${JSON.stringify(validateRunEvent.errors)}`);
      assert.equal(event.seq, seq);
    }
    const types = lines.map((line) => JSON.parse(line).type);
    assert.deepEqual([types[0], types.at(-1)], ['run_started', 'run_ended']);
    assert.ok(validateRunRecord(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))));
    assert.equal(state.record.model.file, 'plain.brique.yaml');
    assert.deepEqual(readdirSync(join(folder, 'weights')).sort(), [
      'encoder.safetensors',
      'head.safetensors',
      'words.state.json',
    ]);
    const head = readSafetensors(readFileSync(join(folder, 'weights/head.safetensors')), 'head');
    assert.deepEqual(
      [...head.tensors].map(([name, { shape }]) => [name, shape]),
      [
        ['logits/bias', [2]],
        ['logits/kernel', [8, 2]],
      ],
    );
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')), state.report);
  });

  it('is the same, bit for bit, for the same seed, and another for another', async () => {
    writeWorkspace(root());
    const plan = planFor(root());
    const weights = async (seed: number) => {
      const { folder, state } = await runHere(executor(), root(), {
        plan: { ...plan, train: { ...plan.train, seed } },
      });
      return {
        bytes: readFileSync(join(folder, 'weights/encoder.safetensors')),
        epochs: state.epochsDone.map((e) => e.train),
      };
    };
    const [first, again, other] = [await weights(5), await weights(5), await weights(6)];
    assert.ok(first.bytes.equals(again.bytes));
    assert.deepEqual(first.epochs, again.epochs);
    assert.ok(!first.bytes.equals(other.bytes));
  });

  it('stops early, and goes back to the best epoch', async () => {
    writeWorkspace(root());
    const plan = planFor(root());
    const stop = { when: 'validation.mood.accuracy', patience: 2, mode: 'max' as const, min_delta: 0 };
    const { state } = await runHere(executor(), root(), {
      plan: { ...plan, train: { ...plan.train, epochs: 30, stop } },
    });
    assert.equal(state.status, 'stopped early');
    assert.equal(state.epochsDone.length, state.bestEpoch! + 2);
    const saved = readFileSync(join(root(), '.brique/runs', state.record.id, 'events.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"weights_saved"'))
      .map((line) => JSON.parse(line).epoch);
    assert.deepEqual(new Set(saved), new Set([state.bestEpoch]));
  });

  it('takes weights and vocabulary from another run, and leaves frozen parts as they were', async () => {
    writeWorkspace(root(), {
      'again.brique.yaml': MODEL.replace('name: plain', 'name: again')
        .replace('length: 8 } }', "length: 8 }, weights: 'run:plain' }")
        .replace('in: words.tokens }', "in: words.tokens, weights: 'run:plain', train: frozen }")
        .replace('epochs: 6', 'epochs: 3\n  examples: 20'),
    });
    const first = await runHere(executor(), root(), { plan: planFor(root()) });
    const second = await runHere(executor(), root(), { plan: planFor(root(), 'again.brique.yaml') });
    assert.equal(second.state.failure, undefined);
    assert.equal(second.state.report!.tasks.mood!.metrics.accuracy, 1);
    assert.deepEqual(second.state.data.map(({ split, examples }) => [split, examples])[0], ['train', 20]);
    assert.deepEqual(
      second.state.compiled!.parts.map(({ name, trainable }) => [name, trainable]),
      [
        ['words', 0],
        ['encoder', 0],
        ['head', 18],
      ],
    );
    for (const file of ['weights/words.state.json', 'weights/encoder.safetensors']) {
      assert.ok(readFileSync(join(first.folder, file)).equals(readFileSync(join(second.folder, file))), file);
    }
    assert.ok(
      !readFileSync(join(first.folder, 'weights/head.safetensors')).equals(
        readFileSync(join(second.folder, 'weights/head.safetensors')),
      ),
    );
  });

  it('takes up new words behind the vocabulary that came with the weights, where it is asked to', async () => {
    const few = MODEL.replace('epochs: 6', 'epochs: 2\n  examples: 10');
    const more = MODEL.replace('length: 8 } }', "length: 8, extend: true }, weights: 'run:plain' }")
      .replace('in: words.tokens }', "in: words.tokens, weights: 'run:plain' }")
      .replace('name: plain', 'name: more');
    writeWorkspace(root(), {
      'plain.brique.yaml': few,
      'more.brique.yaml': more,
      'again.brique.yaml': more.replace('name: more', 'name: again').replaceAll('run:plain', 'run:more'),
    });
    const words = (folder: string): string[] =>
      JSON.parse(readFileSync(join(folder, 'weights/words.state.json'), 'utf8')).nodes.tokens.state
        .vocabulary;
    const first = await runHere(executor(), root(), { plan: planFor(root()) });
    const plan = planFor(root(), 'more.brique.yaml');
    const second = await runHere(executor(), root(), { plan });
    assert.equal(second.state.failure, undefined);
    const [old, all] = [words(first.folder), words(second.folder)];
    assert.deepEqual(all.slice(0, old.length), old);
    assert.ok(old.length < 58 && all.length === 58, `${old.length} words, then ${all.length}`);
    assert.equal(new Set(all).size, all.length);

    const evaluated = await runHere(executor(), root(), {
      plan,
      kind: 'evaluate',
      run: second.state.record.id,
    });
    assert.deepEqual(evaluated.state.report!.tasks, second.state.report!.tasks);
    const third = await runHere(executor(), root(), { plan: planFor(root(), 'again.brique.yaml') });
    assert.equal(third.state.failure, undefined);
    assert.deepEqual(words(third.folder), all);
  });

  it('follows a schedule: frozen first, then all of it', async () => {
    writeWorkspace(root(), {
      'schedule.brique.yaml': MODEL.replace('name: plain', 'name: schedule').replace(
        'in: words.tokens }',
        'in: words.tokens, train: [{ frozen: 2 }, full] }',
      ),
    });
    const { folder, state } = await runHere(executor(), root(), {
      plan: planFor(root(), 'schedule.brique.yaml'),
    });
    assert.equal(state.failure, undefined);
    const trainable = readFileSync(join(folder, 'events.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"step_compiled"'))
      .map((line) => JSON.parse(line).trainable);
    assert.deepEqual(trainable, [18, 498]);
    assert.equal(state.epochsDone.length, 6);
    assert.equal(state.report!.tasks.mood!.metrics.accuracy, 1);
  });

  it('refuses weights that were learned on another vocabulary', async () => {
    writeWorkspace(root(), {
      'mixed.brique.yaml': MODEL.replace('name: plain', 'name: mixed')
        .replace('in: words.tokens }', "in: words.tokens, weights: 'run:plain' }")
        .replace('epochs: 6', 'epochs: 3\n  examples: 20'),
    });
    await runHere(executor(), root(), { plan: planFor(root()) });
    const { state } = await runHere(executor(), root(), { plan: planFor(root(), 'mixed.brique.yaml') });
    assert.equal(state.failure!.code, 'vocabulary-differs');
    assert.match(
      state.failure!.message,
      /^Part encoder takes its weights from run plain-.*than part words gives/,
    );
    assert.match(
      state.failure!.help!,
      /^Give part words weights: run:plain-[\d-]+ too, so that it brings the vocabulary along\.$/,
    );
  });

  it('refuses weights of another shape', async () => {
    writeWorkspace(root(), {
      'wide.brique.yaml': MODEL.replace('name: plain', 'name: wide').replace(
        'in: words.tokens }',
        "in: words.tokens, params: { vocab: 70 }, weights: 'run:plain' }",
      ),
    });
    await runHere(executor(), root(), { plan: planFor(root()) });
    const { state } = await runHere(executor(), root(), { plan: planFor(root(), 'wide.brique.yaml') });
    assert.equal(state.failure!.code, 'weights-mismatch');
    assert.match(
      state.failure!.message,
      /embedded\/table of part encoder is \[70, 8\], but in run plain-.* it is \[60, 8\]/,
    );
  });

  it('says where the loss stopped being a number, and keeps no broken weights', async () => {
    writeWorkspace(root());
    const plan = planFor(root());
    const optimizer = {
      kind: 'sgd' as const,
      learning_rate: 1e38,
      momentum: 0,
      nesterov: false,
      weight_decay: 0,
    };
    const { folder, state } = await runHere(executor(), root(), {
      plan: { ...plan, train: { ...plan.train, optimizer } },
    });
    assert.equal(state.status, 'failed');
    assert.equal(state.failure!.code, 'loss-not-finite');
    assert.match(state.failure!.message, /^The loss of task mood became (NaN|Infinity) in epoch 1, step \d+/);
    assert.match(state.failure!.help!, /lower learning_rate \(it is 1e\+38\)/);
    assert.equal(existsSync(join(folder, 'weights')), false);
  });

  it('ends as cancelled when it is asked to stop, and keeps the weights so far', async () => {
    writeWorkspace(root());
    const plan = planFor(root());
    const stop = new StopSignal();
    const long = { ...plan, train: { ...plan.train, epochs: 100_000 } };
    const running = runHere(executor(), root(), { plan: long }, stop);
    while (
      !stop.folder ||
      !readFileSync(join(stop.folder, 'events.jsonl'), 'utf8').includes('"epoch_done"')
    ) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    requestStop(stop.folder);
    const { folder, state } = await running;
    assert.equal(state.status, 'cancelled');
    assert.ok(existsSync(join(folder, 'weights/encoder.safetensors')));
    assert.equal(state.report, undefined);
  });

  it('ends when its folder is deleted, and does not bring it back', async () => {
    writeWorkspace(root());
    const plan = planFor(root());
    const stop = new StopSignal();
    const long = { ...plan, train: { ...plan.train, epochs: 100_000 } };
    const request = {
      kind: 'train' as const,
      plan: long,
      root: root(),
      engine: 'auto' as const,
      settings: {},
    };
    const running = makeRun(request, executor(), stop);
    while (
      !stop.folder ||
      !readFileSync(join(stop.folder, 'events.jsonl'), 'utf8').includes('"epoch_done"')
    ) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    rmSync(stop.folder, { recursive: true });
    const folder = await running;
    assert.equal(existsSync(folder.path), false);
  });

  it('says that a composition without tasks has nothing to train for', async () => {
    writeWorkspace(root());
    const { state } = await runHere(executor(), root(), { plan: { ...planFor(root()), tasks: [] } });
    assert.equal(state.failure!.code, 'no-task');
    assert.match(state.failure!.message, /has no task to train for$/);
  });

  it('fails with one message where data are missing or break their contract', async () => {
    writeWorkspace(root());
    const plan = planFor(root());
    rmSync(join(root(), 'reviews.json'));
    const gone = await runHere(executor(), root(), { plan });
    assert.equal(gone.state.failure!.code, 'data-file-missing');
    writeFileSync(
      join(root(), 'reviews.json'),
      JSON.stringify([...plainReviews(20), { text: 'odd', class: 7 }]),
    );
    const odd = await runHere(executor(), root(), { plan });
    assert.match(odd.state.failure!.message, /row 21: column class holds 7/);
    assert.deepEqual([odd.state.status, odd.state.failure!.line], ['failed', 8]);
  });

  it('evaluates an earlier run as it was judged at its end', async () => {
    writeWorkspace(root());
    const plan = planFor(root());
    const trained = await runHere(executor(), root(), { plan });
    const evaluated = await runHere(executor(), root(), { kind: 'evaluate', plan });
    const { receipt, ...judged } = trained.state.report!;
    assert.ok(receipt);
    assert.deepEqual(evaluated.state.report, judged);
    assert.deepEqual(
      [evaluated.state.record.kind, evaluated.state.record.of],
      ['evaluate', trained.state.record.id],
    );
    const onTraining = await runHere(executor(), root(), {
      kind: 'evaluate',
      plan,
      on: 'train',
      run: trained.state.record.id,
    });
    assert.equal(onTraining.state.report!.tasks.mood!.examples, 120);
    await assert.rejects(
      runHere(executor(), root(), { kind: 'evaluate', plan, on: 'holdout' }),
      /has no split holdout, which was asked for/,
    );
  });

  it('that cannot write its folder fails with the reason, and leaves nothing behind', async () => {
    writeWorkspace(root());
    const plan = planFor(root());
    writeFileSync(join(root(), '.brique'), 'a file, where the folder should be');
    await assert.rejects(runHere(executor(), root(), { plan }), (error) => {
      assert.match(failureOf(error).message, /^A file stands where a folder is needed \(.*\.brique/);
      return true;
    });
  });
});
