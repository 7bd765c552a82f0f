import { fail } from '../failure';
import { Builder } from '../step/builder';
import type { Executor, HostTensor } from '../step/program';

const matrix = (...data: number[]): HostTensor => ({
  dtype: 'float32',
  shape: [2, 2],
  data: Float32Array.from(data),
});

/** Multiplies two matrices. Fails where an engine loads and computes nothing right. */
export async function tryOut(executor: Executor): Promise<void> {
  const b = new Builder();
  const [left, right] = ['left', 'right'].map((name) => b.input(name, { dtype: 'float32', shape: [2, 2] }));
  const program = b.finish({ product: b.matmul(left!, right!) });
  const step = { state: [], programs: { evaluate: program, serve: program } };
  const session = await executor.open(step, new Map());
  try {
    const { product } = await session.run('evaluate', {
      left: matrix(1, 2, 3, 4),
      right: matrix(5, 6, 7, 8),
    });
    const numbers = [...product!.data].join(' ');
    if (numbers !== '19 22 43 50')
      fail('engine-wrong', `${executor.description.library} says that [1 2; 3 4] [5 6; 7 8] is ${numbers}`);
  } finally {
    session.close();
  }
}
