/** Measures, in a process of its own, how far training a kind of model on native TensorFlow makes the process grow. */
import { readFileSync, writeFileSync } from 'node:fs';
import { compileStep } from '../../../engine/step/compile';
import { atRows, stepMemory } from '../../../engine/step/cost/memory';
import { initialState } from '../../../engine/step/initial';
import { openGraphExecutor } from '../../../engine/tensorflow/graph';
import { batchFor, type Kind, planOf } from './models';

/** Bytes, from /proc/self/status (proc(5)). */
const status = (what: 'VmHWM' | 'VmRSS'): number =>
  Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;

async function main([root = '', kind = '', rows = '']: string[]): Promise<void> {
  const executor = await openGraphExecutor();
  const train = async (of: Kind, batch: number) => {
    const { plan } = planOf(root, of, batch);
    const { step } = compileStep(plan, { phase: 0 });
    const state = initialState(plan, step);
    const inputs = batchFor(step.programs.train!, batch);
    writeFileSync('/proc/self/clear_refs', '5'); // The high-water mark begins anew.
    const before = status('VmRSS');
    const session = await executor.open(step, state);
    for (let i = 0; i < 3; i++) await session.run('train', inputs);
    const grown = status('VmHWM') - before;
    session.close();
    return { grown, estimate: stepMemory(step, atRows(batch), 'graph').total };
  };
  // What TensorFlow loads once is no part of the model.
  await train('mlp', 8);
  process.stdout.write(`${JSON.stringify(await train(kind as Kind, Number(rows)))}\n`);
}

void main(process.argv.slice(2));
