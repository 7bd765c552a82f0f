/** Starts the training process, follows its run and sees to it that it ends. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PrepareRequest, TrainerAnswer, TrainerRequest } from '../engine/request';
import type { Failure } from '../protocol/generated/run-event';
import { advance, initialState, type RunState } from '../protocol/runs/fold';
import { followRun } from '../protocol/runs/follow';
import { readRecord, readRun } from '../protocol/runs/read';
import { requestStop } from '../protocol/runs/stop';

export interface LaunchListener {
  onCreated(folder: string): void;
  /** After every batch of events; `state` is the same object each time. */
  onProgress(state: RunState): void;
  onCancelling(): void;
}

export type LaunchEnd = EndedRun | NoRun;

export interface EndedRun {
  ended: true;
  /** A person asked it to end, once or twice. */
  cancelled: boolean;
  folder: string;
  state: RunState;
  /** The run could not write its own end. */
  failure?: Failure;
}

/** It did not come to a run that can be read. */
export interface NoRun {
  ended: false;
  cancelled: boolean;
  failure: Failure;
}

/**
 * Resolves when the training process is gone. Never leaves it behind. `child`: a training process that has been started
 * before there was a request for it.
 */
export async function launch(
  request: TrainerRequest,
  listener: LaunchListener,
  child = startTrainer(),
): Promise<LaunchEnd> {
  let folder: string | undefined;
  let refused: Failure | undefined;
  let follower: { close(): void } | undefined;
  child.on('message', (answer: TrainerAnswer) => {
    if (answer.type === 'refused') refused = answer.failure;
    else {
      folder = answer.folder;
      listener.onCreated(folder);
      follower = follow(folder, listener);
    }
  });
  const signals = onSignals(child, () => folder, listener);
  // One that ended before it could listen is told of by its exit.
  child.send(request, () => undefined);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  signals.release();
  const { cancelled } = signals;
  follower?.close();

  const state = folder === undefined ? undefined : readRun(folder);
  // What was written last may not have been followed yet.
  if (state) listener.onProgress(state);
  if (folder !== undefined && state) return { cancelled, ended: true, folder, state, failure: refused };
  if (folder !== undefined) {
    return {
      cancelled,
      ended: false,
      failure: { code: 'run-deleted', message: `The folder of the run was deleted: ${folder}` },
    };
  }
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  return {
    cancelled,
    ended: false,
    failure: refused ?? { code: 'trainer-lost', message: `The training process ${how} before its run began` },
  };
}

/** Beside the bundle, or from sources when this runs from sources. `env` comes on top of this process's. */
export function startTrainer(env: NodeJS.ProcessEnv = {}): ChildProcess {
  const bundled = join(__dirname, 'trainer.cjs');
  const file = existsSync(bundled) ? bundled : join(__dirname, '../engine/trainer.ts');
  // The trainer's own output, such as warnings of TensorFlow, is no result.
  const child = fork(file, { stdio: ['ignore', 2, 'pipe', 'ipc'], env: { ...process.env, ...env } });
  createInterface({ input: child.stderr! }).on('line', (line) => {
    if (!CHATTER.test(line)) process.stderr.write(`${line}\n`);
  });
  return child;
}

/**
 * A training process that loads its engine while `plan` makes the plan; ended where that throws. `prepare` tells it as
 * soon as it is known which engine.
 */
export function startedEarly<T>(plan: (prepare: (request: PrepareRequest) => void) => T): [T, ChildProcess] {
  const child = startTrainer();
  try {
    // One that has ended already is told of by its exit.
    return [plan((request) => child.send(request, () => undefined)), child];
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** What TensorFlow tells while it loads, whatever TF_CPP_MIN_LOG_LEVEL says. */
const CHATTER = /^(WARNING: All log messages before absl::|[IWE]\d{4} .*oneDNN)/;

function follow(folder: string, listener: LaunchListener): { close(): void } | undefined {
  const record = readRecord(folder);
  if (!record) return undefined;
  const state = initialState(record);
  return followRun(folder, {
    onEvents(events) {
      for (const event of events) advance(state, event);
      listener.onProgress(state);
    },
  });
}

/** The first signal lets the run finish its step and keep its weights; the second ends it at once. */
function onSignals(
  child: ChildProcess,
  folder: () => string | undefined,
  listener: LaunchListener,
): { readonly cancelled: boolean; release(): void } {
  let asked = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (asked && signal === 'SIGINT') {
      child.kill('SIGKILL');
      return;
    }
    if (asked) return;
    asked = true;
    listener.onCancelling();
    const place = folder();
    if (place !== undefined && existsSync(place)) requestStop(place);
    // Windows knows no signal that lets a process finish.
    if (process.platform !== 'win32') child.kill('SIGTERM');
    else if (place === undefined) child.kill();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    get cancelled() {
      return asked;
    },
    release() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
