import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { RunLock } from '../../../engine/run/lock';
import { openEagerExecutor } from '../../../engine/tensorflow/eager';
import { StopSignal } from '../../../engine/train/stop-signal';
import { thisProcess } from '../../../protocol/runs/process';
import { runsFolder } from '../../../protocol/runs/read';
import { typescript } from '../../../scripts/shell';
import { temporaryFolder } from '../data/fixture';
import { MODEL, planFor, runHere, writeWorkspace } from '../train/workspace';

const locksIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('lock.'));

/** A process that is gone. */
function deadProcess() {
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  return { pid, host: hostname(), started: 'long ago' };
}

describe('the lock of a run', () => {
  const root = temporaryFolder();

  it('is held until it is released', () => {
    const lock = RunLock.take(root(), 'demo');
    assert.throws(
      () => RunLock.take(root(), 'demo'),
      /Run demo is still running, or another process goes on/,
    );
    lock.release();
    assert.deepEqual(locksIn(root()), []);
    RunLock.take(root(), 'demo').release();
  });

  it('is taken over from a process that is gone, also where another has its number now', () => {
    writeFileSync(join(root(), 'lock.1'), JSON.stringify(deadProcess()));
    RunLock.take(root(), 'demo').release();
    writeFileSync(join(root(), 'lock.1'), JSON.stringify({ ...thisProcess(), started: 'before' }));
    if (process.platform === 'linux') RunLock.take(root(), 'demo').release();
  });

  it('that was torn counts for some seconds, and that of another host while the run is heard of', () => {
    const long = new Date(Date.now() - 600_000);
    const file = join(root(), 'lock.1');
    for (const text of ['', '{"pid": 1, "host": "elsewhere", "started": "1"}']) {
      writeFileSync(file, text);
      assert.throws(() => RunLock.take(root(), 'demo'), /still running/);
      utimesSync(file, long, long);
      RunLock.take(root(), 'demo').release();
    }
  });

  it('goes to exactly one of many processes that take it over at once', async function () {
    this.timeout(60_000);
    const folders = Array.from({ length: 10 }, (_, i) => join(root(), `run-${i}`));
    const dead = JSON.stringify(deadProcess());
    const children: ChildProcess[] = Array.from({ length: 4 }, () =>
      fork(join(__dirname, 'locker.ts'), { execArgv: typescript }),
    );
    try {
      await Promise.all(children.map((child) => once(child, 'message')));
      for (const folder of folders) {
        mkdirSync(folder);
        writeFileSync(join(folder, 'lock.1'), dead);
        const answers = children.map((child) => once(child, 'message'));
        for (const child of children) child.send(folder);
        const said = (await Promise.all(answers)).map(([answer]) => answer as string);
        assert.deepEqual(said.sort(), ['run-alive', 'run-alive', 'run-alive', 'taken']);
      }
    } finally {
      for (const child of children) child.disconnect();
    }
  });
});

describe('a run that two would go on with', () => {
  const root = temporaryFolder();
  const model = MODEL.replace('seed: 5', 'seed: 5\n  checkpoint: last');

  async function stopped(at: string) {
    writeWorkspace(at, { 'plain.brique.yaml': model });
    const plan = planFor(at);
    const executor = await openEagerExecutor();
    const whole = await runHere(executor, at, { plan });
    const stop = new StopSignal();
    const breathe = stop.breathe.bind(stop);
    stop.breathe = async () => {
      if (stop.folder && /"epoch_done"/.test(readFileSync(join(stop.folder, 'events.jsonl'), 'utf8')))
        stop.ask();
      await breathe();
    };
    const { folder, state } = await runHere(executor, at, { plan }, stop);
    assert.equal(state.status, 'cancelled');
    return { plan, executor, whole: whole.folder, id: basename(folder) };
  }

  it('goes on with one of them, and the other is told so', async () => {
    const { plan, executor, id } = await stopped(root());
    // The second comes while the first is at work.
    const stop = new StopSignal();
    let other: Promise<unknown> | undefined;
    stop.breathe = async () => {
      other ??= runHere(executor, root(), { plan, resume: id }).catch((error: Error) => error);
      await other;
    };
    const { state } = await runHere(executor, root(), { plan, resume: id }, stop);
    assert.equal(state.status, 'completed');
    assert.match(String(await other), /still running, or another process goes on with it/);
    assert.deepEqual(locksIn(join(runsFolder(root()), id)), []);
  });

  it('goes on where its workspace was moved to, to the same bits, and is evaluated there', async () => {
    const [from, to] = [join(root(), 'from'), join(root(), 'to')];
    const { plan, executor, whole, id } = await stopped(from);
    renameSync(from, to);
    const { folder, state } = await runHere(executor, to, { plan, resume: id });
    assert.equal(state.status, 'completed', state.failure?.message);
    for (const name of ['encoder', 'head']) {
      const weights = (run: string) =>
        readFileSync(join(run, 'weights', `${name}.safetensors`)).toString('base64');
      assert.equal(weights(folder), weights(join(runsFolder(to), basename(whole))));
    }
    const evaluated = await runHere(executor, to, { kind: 'evaluate', plan: planFor(to), run: id });
    assert.deepEqual(evaluated.state.report?.tasks, state.report?.tasks);
  });
});
