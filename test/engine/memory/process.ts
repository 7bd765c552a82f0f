/**
 * Measures, in a process of its own, how far training a kind of model on an executor makes the process grow: by pages
 * that are no file's (proc(5): statm, resident less shared), as a second thread sees them while the steps run.
 */
import { Worker } from 'node:worker_threads';
import { compileStep } from '../../../engine/step/compile';
import { initialState } from '../../../engine/step/initial';
import { openExecutor } from '../../../engine/train/executor';
import { expectedMemory } from '../../../engine/train/memory';
import type { EngineChoice } from '../../../protocol/command';
import { batchFor, type Kind, planOf } from './models';

/** Linux on everything that Node runs on here. */
const PAGE = 4096;

/**
 * Looks again and again, keeping in `shared` the newest and the most; ends when `shared[2]` is set. It makes nothing
 * that has to be collected, for that would be measured, too.
 */
const WATCHER = `
const { openSync, readSync } = require('node:fs');
const { workerData: shared } = require('node:worker_threads');
const file = openSync('/proc/self/statm');
const text = Buffer.alloc(64);
const clock = new Int32Array(new SharedArrayBuffer(4));
while (shared[2] === 0) {
  readSync(file, text, 0, 64, 0);
  let [word, number, resident] = [0, 0, 0];
  for (let i = 0; word < 3; i++) {
    if (text[i] !== 32) { number = 10 * number + text[i] - 48; continue; }
    if (word === 1) resident = number;
    word += 1;
    if (word < 3) number = 0;
  }
  shared[0] = (resident - number) * ${PAGE};
  shared[1] = Math.max(shared[0], shared[1]);
  Atomics.wait(clock, 0, 0, 0.2);
}`;

async function main([engine = '', root = '', kind = '', rows = '']: string[]): Promise<void> {
  const { executor } = await openExecutor(engine as EngineChoice, 'cpu');
  const shared = new Float64Array(new SharedArrayBuffer(24));
  const watcher = new Worker(WATCHER, { eval: true, workerData: shared });
  await new Promise((resolve) => watcher.once('online', resolve));
  const train = async (of: Kind, batch: number) => {
    const { plan } = planOf(root, of, batch);
    const { step } = compileStep(plan, { phase: 0 });
    const state = initialState(plan, step);
    const inputs = batchFor(step.programs.train!, batch);
    const before = shared[0]!;
    shared[1] = 0;
    const session = await executor.open(step, state);
    for (let i = 0; i < 3; i++) await session.run('train', inputs);
    const grown = shared[1] - before;
    session.close();
    return { grown, estimate: expectedMemory(step, executor.description, { batch }).total };
  };
  // What a library loads once is no part of the model.
  await train('smallest', 2);
  const measured = await train(kind as Kind, Number(rows));
  shared[2] = 1;
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}

void main(process.argv.slice(2));
