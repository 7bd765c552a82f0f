import { once } from 'node:events';
import type { RuntimeAnswer } from '../../engine/request';
import type { ExecutorDescription } from '../../engine/step/program';
import type { EngineChoice } from '../../protocol/command';
import { startTrainer } from '../launch';

/**
 * What an engine is and computes on, tried out in a process of its own. `folder`: whose node_modules holds the native
 * TensorFlow to try. Throws where it does not load or computes wrongly.
 */
export async function probe(
  engine: Exclude<EngineChoice, 'auto'>,
  folder?: string,
): Promise<ExecutorDescription> {
  const child = startTrainer(folder === undefined ? {} : { BRIQUE_TENSORFLOW: folder });
  let answer: RuntimeAnswer | undefined;
  child.on('message', (message: RuntimeAnswer) => {
    answer = message;
  });
  child.send({ kind: 'runtime', engine }, () => undefined);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (answer?.type === 'runtime') return answer.description;
  throw new Error(
    answer?.failure.message ?? `its process ended ${signal ? `by ${signal}` : `with code ${code}`}`,
  );
}
