import type { EngineChoice } from '../../protocol/command';
import { fail } from '../failure';
import type { Executor } from '../step/program';
import { openEagerExecutor } from '../tensorflow/eager';
import { openGraphExecutor } from '../tensorflow/graph';
import { findNativeTensorflow, strayTensorflow } from '../tensorflow/runtime';

/**
 * Opens what runs the step. `auto` takes native TensorFlow where it is installed, else the embedded WebAssembly one.
 * `device` is `cpu`, `gpu`, or nothing for what there is. `note` says what a person may not expect.
 */
export async function openExecutor(
  choice: EngineChoice,
  device: string | undefined,
): Promise<{ executor: Executor; note?: string }> {
  // TensorFlow reads it while it loads.
  if (device === 'cpu') process.env.CUDA_VISIBLE_DEVICES = '';
  const opened = await open(choice);
  const { description } = opened.executor;
  if (device === 'gpu' && !description.device.startsWith('GPU')) {
    fail('device-missing', `No GPU can be used: ${description.library} runs on ${description.device}`, {
      help: gpuHelp,
    });
  }
  return opened;
}

const gpuHelp =
  process.platform === 'linux'
    ? 'Choose --device cpu; or install tensorflow[and-cuda] in a Python, and then `brique runtime install --from python --python <that Python>`.'
    : 'Choose --device cpu: a GPU is only known to work on Linux.';

async function open(choice: EngineChoice): Promise<{ executor: Executor; note?: string }> {
  if (choice === 'eager') return { executor: await openEagerExecutor() };
  const stray = strayTensorflow();
  if (choice === 'auto' && !findNativeTensorflow()) {
    return { executor: await openEagerExecutor(), note: stray && `${stray}; the embedded engine runs` };
  }
  try {
    return { executor: await openGraphExecutor(), note: stray };
  } catch (error) {
    const reason = (error as Error).message;
    if (choice === 'graph')
      fail('engine-missing', reason, { help: '--engine eager needs nothing installed.' });
    return {
      executor: await openEagerExecutor(),
      note: `Native TensorFlow is installed but cannot be used, so the embedded engine runs: ${reason}`,
    };
  }
}
