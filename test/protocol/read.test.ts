import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../../protocol/generated/run-event';
import { followRun } from '../../protocol/runs/follow';
import { startTime } from '../../protocol/runs/process';
import { brokenRuns, isRunning, listRuns, readRun } from '../../protocol/runs/read';
import { RunsWatcher } from '../../protocol/runs/watch';
import { temporaryFolder } from '../engine/data/fixture';
import { record, STARTED, trainingEvents, writeRun } from './fixture';

/** Events as they come, and a promise for the moment when enough of something is there. */
class Listener {
  readonly events: RunEvent[] = [];
  readonly alive: boolean[] = [];
  gone = false;
  #wake: (() => void)[] = [];

  onEvents = (events: RunEvent[]): void => {
    this.events.push(...events);
    this.changed();
  };
  onAlive = (alive: boolean): void => {
    this.alive.push(alive);
    this.changed();
  };
  onGone = (): void => {
    this.gone = true;
    this.changed();
  };

  changed(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }
}

async function sleeper(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)']);
  await once(child.stdout!, 'data');
  return child;
}

describe('run folders', () => {
  const root = temporaryFolder();

  it('are listed newest first; what is no run is left out', async () => {
    writeRun(root(), record('old', { created: '2026-01-01T00:00:00.000Z' }));
    writeRun(root(), record('new', { created: '2026-01-03T00:00:00.000Z' }));
    mkdirSync(join(root(), 'half'));
    mkdirSync(join(root(), 'broken'));
    writeFileSync(join(root(), 'broken', 'run.json'), '{"format": 1');
    writeFileSync(join(root(), 'note.txt'), 'hello');
    assert.deepEqual(
      (await listRuns(root())).map(({ state }) => state.record.id),
      ['new', 'old'],
    );
    assert.deepEqual(await listRuns(join(root(), 'nothing')), []);
  });

  it('whose record is damaged are told apart from folders that are no runs', async () => {
    writeRun(root(), record('sound'));
    mkdirSync(join(root(), 'no-run'));
    for (const [name, text] of [
      ['torn', '{"format": 1, "id": "to'],
      ['other', '{"format": 1, "id": "other", "kind": "dance"}'],
    ] as const) {
      mkdirSync(join(root(), name));
      writeFileSync(join(root(), name, 'run.json'), text);
    }
    const broken = await brokenRuns(root());
    assert.deepEqual(
      broken.map(({ id, folder }) => [id, folder]),
      [
        ['other', join(root(), 'other')],
        ['torn', join(root(), 'torn')],
      ],
    );
    assert.match(broken[0]!.why, /^run\.json is no record of a run: it must have required property/);
    assert.match(broken[1]!.why, /^run\.json is not JSON: /);
    assert.deepEqual(
      (await listRuns(root())).map(({ state }) => state.record.id),
      ['sound'],
    );
  });

  it('read as running while their process lives, interrupted after SIGKILL', async () => {
    const child = await sleeper();
    const { pid } = child;
    const own = record('a', {
      process: { ...record('a').process, pid: pid!, started: startTime(pid!) ?? '' },
    });
    const { folder, log } = writeRun(root(), own);
    log.append(STARTED);
    assert.equal(readRun(folder)!.status, 'running');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(readRun(folder)!.status, 'interrupted');
    assert.equal(isRunning(readRun(folder)!), false);
  });

  it('are not fooled by another process that got the same pid', () => {
    const own = record('a');
    own.process.started = 'long ago';
    const { folder, log } = writeRun(root(), own);
    log.append(STARTED);
    assert.equal(readRun(folder)!.status, 'interrupted');
  });

  it('of another host are judged by the age of their events', () => {
    const { folder, log } = writeRun(
      root(),
      record('a', { process: { pid: 1, host: 'far-away', started: 'x' } }),
    );
    log.append(STARTED);
    assert.equal(readRun(folder)!.status, 'running');
    utimesSync(join(folder, 'events.jsonl'), new Date(0), new Date(0));
    assert.equal(readRun(folder)!.status, 'interrupted');
  });

  it('with a torn last line read up to it, wherever it is torn', () => {
    const { folder, log } = writeRun(root(), record('a'));
    const file = join(folder, 'events.jsonl');
    log.append(STARTED);
    const line =
      '{"seq":1,"time":"2026-01-02T03:04:06.000Z","type":"message","level":"info","text":"größer"}\n';
    const whole = readRun(folder)!;
    const { size } = statSync(file);
    for (let length = 1; length < Buffer.byteLength(line); length++) {
      appendFileSync(file, Buffer.from(line).subarray(0, length));
      assert.deepEqual(readRun(folder), whole);
      truncateSync(file, size);
    }
  });
});

describe('following a run', () => {
  const root = temporaryFolder();

  it('gives every event once, in order, also when a line comes in pieces', async () => {
    const { folder, log } = writeRun(root(), record('a'));
    const events = trainingEvents();
    for (const event of events.slice(0, 3)) log.append(event);
    const listener = new Listener();
    const follower = followRun(folder, listener, 20);
    await listener.until(() => listener.events.length === 3);
    const line = JSON.stringify({
      seq: 3,
      time: '2026-01-02T03:04:06.000Z',
      type: 'message',
      level: 'info',
      text: 'größer',
    });
    const cut = line.length - 4;
    const bytes = Buffer.from(`${line}\n`);
    appendFileSync(join(folder, 'events.jsonl'), bytes.subarray(0, cut));
    await listener.until(() => listener.alive.length > 0);
    appendFileSync(join(folder, 'events.jsonl'), bytes.subarray(cut));
    await listener.until(() => listener.events.length === 4);
    follower.close();
    assert.deepEqual(
      listener.events.map(({ seq }) => seq),
      [0, 1, 2, 3],
    );
    assert.deepEqual(listener.events[3], JSON.parse(line));
    assert.deepEqual(listener.alive, [true]);
  });

  it('says when the process is gone', async () => {
    const child = await sleeper();
    const { pid } = child;
    const own = record('a', {
      process: { ...record('a').process, pid: pid!, started: startTime(pid!) ?? '' },
    });
    const { folder, log } = writeRun(root(), own);
    log.append(STARTED);
    const listener = new Listener();
    const follower = followRun(folder, listener, 20);
    await listener.until(() => listener.alive.at(-1) === true);
    child.kill('SIGKILL');
    await listener.until(() => listener.alive.at(-1) === false);
    follower.close();
  });

  it('says when the folder was deleted, and ends', async () => {
    const { folder, log } = writeRun(root(), record('a'));
    log.append(STARTED);
    const listener = new Listener();
    followRun(folder, listener, 20);
    await listener.until(() => listener.events.length === 1);
    rmSync(folder, { recursive: true });
    await listener.until(() => listener.gone);
  });
});

describe('watching all runs', () => {
  const root = temporaryFolder();

  it('sees runs appear, move on and go, whoever writes them', async () => {
    const runs = join(root(), '.brique', 'runs');
    const listener = new Listener();
    const watcher = new RunsWatcher(
      runs,
      { onChange: () => listener.changed(), onError: (error) => assert.fail(error) },
      20,
    );
    const { folder, log } = writeRun(runs, record('a'));
    log.append(STARTED);
    await listener.until(() => watcher.get('a')?.status === 'running');
    for (const event of trainingEvents().slice(1)) log.append(event);
    await listener.until(() => watcher.get('a')?.status === 'completed');
    writeRun(runs, record('b', { created: '2026-02-01T00:00:00.000Z' }));
    await listener.until(() => watcher.all().length === 2);
    assert.deepEqual(
      watcher.all().map(({ record: { id } }) => id),
      ['b', 'a'],
    );
    rmSync(join(runs, 'b'), { recursive: true });
    await listener.until(() => watcher.all().length === 1);
    watcher.close();
    assert.equal(watcher.folderOf('a'), folder);
  });
});
