import { cpus } from 'node:os';
import type { Executor } from '../../step/program';
import { openWasmBackend } from './backend';
import { Heap } from './heap';
import { EagerSession } from './session';

/** The embedded executor: primitives one by one on the WebAssembly kernels of TensorFlow.js. Works wherever Node does. */
export async function openEagerExecutor(): Promise<Executor> {
  const { backend, library, simd, threads } = await openWasmBackend();
  const heap = new Heap(backend);
  return {
    description: {
      executor: 'eager',
      backend: simd ? 'wasm with SIMD' : 'wasm',
      library,
      device: cpus()[0]?.model.trim() || 'CPU',
      threads,
    },
    open: async (step, state) => new EagerSession(heap, step, state),
  };
}
