import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventLog, type NewEvent } from '../../engine/run/event-log';
import type { RunRecord } from '../../protocol/generated/run';
import type { RunEvent } from '../../protocol/generated/run-event';
import { thisProcess } from '../../protocol/runs/process';

export const ENGINE = {
  name: 'tensorflow',
  executor: 'eager',
  backend: 'wasm',
  library: 'TensorFlow.js 4.22.0',
  device: 'CPU',
  threads: 1,
};

export function record(id: string, more: Partial<RunRecord> = {}): RunRecord {
  return {
    format: 1,
    id,
    kind: 'train',
    model: { name: 'product-sentiment', version: '0.1.0', file: 'product-sentiment.brique.yaml' },
    created: '2026-01-02T03:04:05.000Z',
    seed: 7,
    engine: ENGINE,
    bricks: [],
    data: [],
    process: thisProcess(),
    settings: {},
    ...more,
  };
}

export const STARTED: NewEvent = {
  type: 'run_started',
  run: 'a',
  engine: ENGINE,
  epochs: 2,
  parts: ['head'],
  tasks: ['sentiment'],
};

/** A run of two epochs with four steps each. */
export function trainingEvents(): NewEvent[] {
  const events: NewEvent[] = [STARTED, { type: 'phase_started', phase: 'train' }];
  for (let step = 1; step <= 8; step++) {
    const epoch = step <= 4 ? 1 : 2;
    events.push({
      type: 'step_done',
      epoch,
      step,
      steps: 8,
      metrics: { loss: 1 / step },
      seconds_left: 8 - step,
    });
    if (step % 4 === 0) {
      events.push({
        type: 'epoch_done',
        epoch,
        step,
        seconds: 1,
        train: { loss: 1 / step },
        validation: { loss: 2 / step, 'sentiment.accuracy': 0.5 + epoch / 10 },
        best: true,
      });
    }
  }
  events.push(
    {
      type: 'evaluated',
      report: {
        split: 'test',
        tasks: { sentiment: { metrics: { loss: 0.4, accuracy: 0.8 }, examples: 150 } },
        requirements: [],
      },
    },
    { type: 'run_ended', status: 'completed', seconds: 9.5, epochs: 2, best_epoch: 2 },
  );
  return events;
}

/** With numbers and times a second apart. */
export function stamped(events: NewEvent[]): RunEvent[] {
  return events.map((event, seq) => ({
    seq,
    time: new Date(Date.UTC(2026, 0, 2, 3, 4, 5 + seq)).toISOString(),
    ...event,
  })) as RunEvent[];
}

export function writeRun(runs: string, own: RunRecord): { folder: string; log: EventLog } {
  const folder = join(runs, own.id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'run.json'), JSON.stringify(own));
  return { folder, log: new EventLog(folder) };
}
