import type { Executor, HostTensor, Program } from '../../engine/step/program';
import { openEagerExecutor } from '../../engine/tensorflow/eager';
import { openGraphExecutor } from '../../engine/tensorflow/graph';
import { needsNativeTensorflow } from './graph/native';

const openers: Record<string, () => Promise<Executor>> = {
  eager: openEagerExecutor,
  graph: openGraphExecutor,
};

/** The executors to test: BRIQUE_TEST_EXECUTORS, such as `eager,graph`; the embedded one when it is not set. */
export const executorNames = (process.env.BRIQUE_TEST_EXECUTORS ?? 'eager')
  .split(',')
  .map((name) => name.trim())
  .filter((name) => name !== '');

/** Declares the same suite once for every executor under test. `executor()` is there when the tests run. */
export function forEachExecutor(title: string, declare: (executor: () => Executor) => void): void {
  for (const name of executorNames) {
    const open = openers[name];
    if (!open)
      throw new Error(`BRIQUE_TEST_EXECUTORS names '${name}'; there are ${Object.keys(openers).join(', ')}`);
    describe(`${title} (${name})`, function () {
      if (name === 'graph') needsNativeTensorflow(this);
      let executor: Executor | undefined;
      before(async () => {
        executor = await open();
      });
      declare(() => executor!);
    });
  }
}

/** Runs a program that needs no state once. */
export async function runOnce(
  executor: Executor,
  program: Program,
  inputs: Record<string, HostTensor>,
): Promise<Record<string, HostTensor>> {
  const session = await executor.open(
    { state: [], programs: { evaluate: program, serve: program } },
    new Map(),
  );
  try {
    return await session.run('evaluate', inputs);
  } finally {
    session.close();
  }
}
