import type { Executor } from '../../step/program';
import { loadNativeTensorflow } from '../runtime';
import { GraphSession } from './session';

/**
 * Runs steps as graphs of native TensorFlow, one native call per step. Throws in plain words where native TensorFlow
 * is not installed or does not load; ask `findNativeTensorflow` first.
 */
export async function openGraphExecutor(): Promise<Executor> {
  const { binding, version, device, threads } = loadNativeTensorflow();
  return {
    description: {
      executor: 'graph',
      backend: 'tensorflow',
      library: `TensorFlow ${version}`,
      device,
      threads,
    },
    open: async (step, state) => new GraphSession(binding, step, state),
  };
}
