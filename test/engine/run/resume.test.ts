import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { TrainerAnswer, TrainerRequest } from '../../../engine/request';
import type { Executor } from '../../../engine/step/program';
import { StopSignal } from '../../../engine/train/stop-signal';
import type { Plan } from '../../../language/plan/format';
import { validateRunEvent } from '../../../protocol/generated/validate';
import { readRun, runsFolder } from '../../../protocol/runs/read';
import { typescript } from '../../../scripts/shell';
import { temporaryFolder } from '../data/fixture';
import { forEachExecutor } from '../executors';
import { MODEL, planFor, runHere, writeWorkspace } from '../train/workspace';

/** Random moments; more of them by BRIQUE_TEST_KILLS. */
const KILLS = Number(process.env.BRIQUE_TEST_KILLS ?? 10);

const CHECKPOINTED = MODEL.replace(
  '  seed: 5',
  `  seed: 5
  schedule: { warmup: 1, decay: linear, end: 0.1 }
  stop: { when: validation.loss, patience: 9 }
  checkpoint: { every: 2, keep: 2 }`,
)
  .replace('params: { classes: 2 } }', 'params: { classes: 2, dropout: 0.3 }, train: [{ frozen: 1 }, full] }')
  .replace('epochs: 6', 'epochs: 8');

/** All that a run came to: weights to the bit, the report, and what was told of each epoch. */
function resultOf(folder: string) {
  const state = readRun(folder)!;
  const weights = readdirSync(join(folder, 'weights')).sort();
  return {
    status: state.status,
    weights: weights.map((name) => [name, readFileSync(join(folder, 'weights', name)).toString('base64')]),
    report: state.report,
    epochs: state.epochsDone.map(({ seconds: _, ...row }) => row),
    best: state.bestEpoch,
    curves: Object.entries(state.curves).map(([name, { train, validation }]) => ({
      name,
      train,
      validation,
    })),
  };
}

/** Stops a run when its events say so. */
function stopWhen(enough: (events: string) => boolean): StopSignal {
  const stop = new StopSignal();
  const breathe = stop.breathe.bind(stop);
  stop.breathe = async () => {
    if (stop.folder && enough(readFileSync(join(stop.folder, 'events.jsonl'), 'utf8'))) stop.ask();
    await breathe();
  };
  return stop;
}

const epochsDone = (events: string) => events.split('"epoch_done"').length - 1;

function checkpointsOf(folder: string): string[] {
  const path = join(folder, 'checkpoints');
  return existsSync(path)
    ? readdirSync(path)
        .sort()
        .map((name) => join(path, name))
    : [];
}

forEachExecutor('a run that goes on', (executor) => {
  const root = temporaryFolder();

  async function whole(model = CHECKPOINTED): Promise<{ plan: Plan; expected: ReturnType<typeof resultOf> }> {
    writeWorkspace(root(), { 'plain.brique.yaml': model });
    const plan = planFor(root());
    const { folder, state } = await runHere(executor(), root(), { plan });
    assert.equal(state.failure, undefined);
    assert.equal(state.status, 'completed');
    assert.equal(checkpointsOf(folder).length, 2);
    return { plan, expected: resultOf(folder) };
  }

  /** A run that somebody stopped after some epochs. */
  async function stopped(plan: Plan, epochs = 5): Promise<string> {
    const stop = stopWhen((events) => epochsDone(events) >= epochs);
    const { folder, state } = await runHere(executor(), root(), { plan }, stop);
    assert.equal(state.status, 'cancelled');
    return folder;
  }

  const goOn = (plan: Plan, folder: string) =>
    runHere(executor(), root(), { plan, resume: basename(folder) });

  it('ends as if it had never stopped, to the bit, in valid events', async () => {
    const { plan, expected } = await whole();
    const folder = await stopped(plan);
    const before = readFileSync(join(folder, 'events.jsonl'), 'utf8');
    const resumed = await goOn(plan, folder);
    assert.equal(resumed.folder, folder);
    assert.deepEqual(resultOf(folder), expected);
    const text = readFileSync(join(folder, 'events.jsonl'), 'utf8');
    assert.ok(text.startsWith(before), 'what was told stays');
    for (const [seq, line] of text.trimEnd().split('\n').entries()) {
      const event: unknown = JSON.parse(line);
      assert.ok(validateRunEvent(event), `${line}\n${JSON.stringify(validateRunEvent.errors)}`);
      assert.equal(event.seq, seq);
    }
  });

  it('goes on within an epoch too', async () => {
    const { plan, expected } = await whole();
    const within: number[] = [];
    for (const looks of [18, 19, 20, 21]) {
      let seen = 0;
      const stop = new StopSignal();
      Object.defineProperty(stop, 'asked', { get: () => ++seen > looks });
      const { folder, state } = await runHere(executor(), root(), { plan }, stop);
      assert.equal(state.status, 'cancelled');
      const [newest] = checkpointsOf(folder).reverse();
      within.push(Number(/step-(\d+)/.exec(newest!)![1]) % 8);
      await goOn(plan, folder);
      assert.deepEqual(resultOf(folder), expected);
    }
    assert.ok(within.filter((batch) => batch > 0).length > 1, String(within));
  });

  it('begins again where there is no checkpoint yet', async () => {
    const { plan, expected } = await whole();
    const folder = await stopped(plan, 5);
    for (const file of checkpointsOf(folder)) truncateSync(file, 100);
    const { state } = await goOn(plan, folder);
    const told = state.messages.filter(({ code }) => code?.startsWith('checkpoint-'));
    assert.deepEqual(
      told.map(({ code }) => code),
      ['checkpoint-damaged', 'checkpoint-damaged', 'checkpoint-before'],
    );
    assert.match(told[2]!.text, /There is no other, so the run begins again/);
    assert.deepEqual(resultOf(folder), expected);
  });

  it('takes the checkpoint before one that is cut off or changed, and says so', async () => {
    const { plan, expected } = await whole();
    const broken: [string, (file: string) => void][] = [
      ['cut off', (file) => truncateSync(file, readFileSync(file).length - 5)],
      [
        'changed',
        (file) => {
          const bytes = readFileSync(file);
          bytes[bytes.length - 3]! ^= 1;
          writeFileSync(file, bytes);
        },
      ],
    ];
    for (const [how, damage] of broken) {
      const folder = await stopped(plan);
      damage(checkpointsOf(folder).at(-1)!);
      const { state } = await goOn(plan, folder);
      const messages = state.messages.filter(({ code }) => code === 'checkpoint-damaged');
      assert.equal(messages.length, 1, how);
      assert.deepEqual(resultOf(folder), expected);
    }
  });

  it('reads past an event that was torn, and clears away files that were', async () => {
    const { plan, expected } = await whole();
    const folder = await stopped(plan);
    appendFileSync(join(folder, 'events.jsonl'), '{"seq":99,"time":"2026-');
    writeFileSync(join(folder, 'weights/encoder.safetensors.29432.52caf094'), 'half of it');
    await goOn(plan, folder);
    assert.deepEqual(resultOf(folder), expected);
  });

  it('keeps the last good checkpoint, and its weights, when the loss is no number any more', async () => {
    const { plan } = await whole();
    const { learning_rate: _, ...optimizer } = plan.train.optimizer;
    const wild = {
      ...plan,
      train: {
        ...plan.train,
        optimizer: { ...optimizer, learning_rate: 1e30 } as typeof plan.train.optimizer,
      },
    };
    delete wild.train.stop;
    wild.train.schedule = { warmup: 8, decay: 'constant', end: 0 };
    const good = await stopped({ ...plan, train: { ...plan.train, stop: undefined } }, 4);
    // The same run, with a rate that nothing survives from here on.
    writeFileSync(join(good, 'plan.json'), JSON.stringify(wild));
    const kept = checkpointsOf(good).map((file) => readFileSync(file).toString('base64'));
    const { state } = await goOn(wild, good);
    assert.equal(state.failure?.code, 'loss-not-finite');
    assert.deepEqual(
      checkpointsOf(good).map((file) => readFileSync(file).toString('base64')),
      kept,
    );
    assert.ok(state.messages.some(({ text }) => text.startsWith('The weights of the last good checkpoint')));
  });

  it('is refused where nothing is left to do, or the data are others', async () => {
    const { plan } = await whole();
    const [complete] = readdirSync(runsFolder(root()));
    await assert.rejects(goOn(plan, complete!), /is complete: nothing is left to do/);
    await assert.rejects(goOn(plan, 'no-such-run'), /no run with that id/);
    const folder = await stopped(plan);
    const events = readFileSync(join(folder, 'events.jsonl'), 'utf8');
    appendFileSync(join(root(), 'reviews.json'), ' ');
    await assert.rejects(goOn(plan, folder), /are not those that run .* began with/);
    rmSync(join(root(), 'reviews.json'));
    await assert.rejects(goOn(plan, folder), /The file reviews\.json of dataset .* is not there: /);
    assert.equal(readFileSync(join(folder, 'events.jsonl'), 'utf8'), events);
  });

  it('names the files of a glob that are gone, others or new', async () => {
    const { plan } = await whole();
    const [data] = plan.data;
    const rows = JSON.parse(readFileSync(join(root(), 'reviews.json'), 'utf8')) as unknown[];
    const put = (name: string, some: unknown[]) => writeFileSync(join(root(), name), JSON.stringify(some));
    for (const part of [0, 1, 2])
      put(
        `part-${part}.json`,
        rows.filter((_, i) => i % 3 === part),
      );
    const split = { ...plan, data: [{ ...data!, files: { all: ['part-*.json'] } }] };
    const folder = await stopped(split);
    const refused = (what: string) =>
      assert.rejects(goOn(split, folder), new RegExp(`began with \\(${what}\\), so it cannot go on`));
    rmSync(join(root(), 'part-1.json'));
    await refused('part-1\\.json is gone');
    put('part-7.json', rows.slice(0, 5));
    put('part-2.json', rows.slice(0, 9));
    await refused('part-1\\.json is gone, and part-2\\.json has changed, and part-7\\.json is new');
    rmSync(join(root(), 'part-0.json'));
    await refused('part-0\\.json and 1 more are gone, and .*');
  });

  it('says so when the disk is full, and then goes on from the checkpoint before', async () => {
    const large = CHECKPOINTED.replace('in: words.tokens }', 'in: words.tokens, params: { vocab: 2000 } }');
    const { plan, expected } = await whole(large);
    const folder = await stopped(plan);
    const kept = checkpointsOf(folder);
    const limited = await trainer(root(), { plan, resume: basename(folder) }, executor(), { limit: 60 });
    assert.notEqual(limited.folder, undefined);
    assert.equal(readRun(folder)!.status, 'failed');
    assert.match(readRun(folder)!.failure!.message, /stopped writing/);
    assert.deepEqual(checkpointsOf(folder), kept);
    await goOn(plan, folder);
    assert.deepEqual(resultOf(folder), expected);
  });

  it('without a policy loses seconds at most when it is killed, and leaves nothing behind at its end', async function () {
    this.timeout(180_000);
    const planOf = (epochs: number) => {
      const model = CHECKPOINTED.replace(/ {2}checkpoint: .*\n/, '').replace(
        'epochs: 8',
        `epochs: ${epochs}`,
      );
      writeWorkspace(root(), { 'plain.brique.yaml': model.replace('patience: 9', `patience: ${epochs}`) });
      return planFor(root());
    };
    // So many that the run would last some seconds more than until its first checkpoint, however fast the machine is.
    const short = await trainer(root(), { plan: planOf(100) }, executor());
    const plan = planOf(Math.ceil(800 / short.seconds));
    const { folder } = await trainer(root(), { plan }, executor(), {
      killWhen: (path) => checkpointsOf(path).some((file) => file.endsWith('.safetensors')),
    });
    assert.equal(readRun(folder!)!.status, 'interrupted');
    const whole = await runHere(executor(), root(), { plan });
    const { state } = await goOn(plan, folder!);
    assert.ok(state.resumed! > 0, 'it did not begin anew');
    assert.deepEqual(resultOf(folder!), resultOf(whole.folder));
    for (const path of [folder!, whole.folder]) assert.deepEqual(checkpointsOf(path), []);
  });

  it('keeps nothing where nothing is wanted', async () => {
    const plain = CHECKPOINTED.replace('{ every: 2, keep: 2 }', 'none');
    writeWorkspace(root(), { 'plain.brique.yaml': plain });
    assert.deepEqual(checkpointsOf(await stopped(planFor(root()))), []);
  });

  it(`survives SIGKILL at ${KILLS} random moments`, async function () {
    this.timeout(600_000);
    const { plan, expected } = await whole();
    const first = await trainer(root(), { plan }, executor());
    assert.deepEqual(resultOf(first.folder!), expected);
    const moments: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      let folder: string | undefined;
      // One run may be killed several times, also while it goes on.
      for (let times = 0; times < 1 + (kill % 2); times++) {
        const after = Math.random() * first.seconds * 1000;
        moments.push(after);
        const resume = folder && basename(folder);
        const killed = await trainer(root(), { plan, resume }, executor(), { killAfter: after });
        folder ??= killed.folder;
        if (readRun(folder!)!.status === 'completed') break;
      }
      if (readRun(folder!)!.status === 'completed') continue;
      assert.equal(readRun(folder!)!.status, 'interrupted');
      await goOn(plan, folder!);
      assert.deepEqual(resultOf(folder!), expected, `killed after ${moments.join(', ')} ms`);
    }
  });
});

/**
 * One training process of its own, as the command starts it. `killAfter` milliseconds of its run, or as soon as
 * `killWhen` says so of its folder, it is killed; `limit`: KiB that its files may have, which stands for a full disk.
 */
async function trainer(
  root: string,
  request: Pick<TrainerRequest, 'plan' | 'resume'>,
  executor: Executor,
  {
    killAfter,
    killWhen,
    limit,
  }: { killAfter?: number; killWhen?: (folder: string) => boolean; limit?: number } = {},
): Promise<{ folder?: string; seconds: number }> {
  const file = join(__dirname, '../../../engine/trainer.ts');
  const shell = limit === undefined ? {} : { execPath: limitedNode(root, limit) };
  const child = fork(file, { execArgv: typescript, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], ...shell });
  let folder: string | undefined;
  let start = 0;
  let timer: NodeJS.Timeout | undefined;
  const look = () => folder !== undefined && killWhen?.(folder) && child.kill('SIGKILL');
  const looks = killWhen && setInterval(look, 20);
  child.on('message', (answer: TrainerAnswer) => {
    if (answer.type === 'refused') throw new Error(answer.failure.message);
    folder = answer.folder;
    start = performance.now();
    if (killAfter !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  child.send({ kind: 'train', root, settings: {}, engine: executor.description.executor, ...request });
  await once(child, 'exit');
  clearTimeout(timer);
  clearInterval(looks);
  return { folder, seconds: (performance.now() - start) / 1000 };
}

/** A Node that may write no file larger than some KiB. */
function limitedNode(root: string, kibibytes: number): string {
  const file = join(root, `node-${kibibytes}`);
  writeFileSync(file, `#!/bin/bash\nulimit -f ${kibibytes}\nexec "${process.execPath}" "$@"\n`, {
    mode: 0o755,
  });
  return file;
}
