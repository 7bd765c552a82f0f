import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type BackendWasm, getThreadsCount, setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { backend, env, setBackend } from '@tensorflow/tfjs-core';

export interface WasmBackend {
  backend: BackendWasm;
  library: string;
  /** Whether the binary with vector instructions runs. */
  simd: boolean;
  threads: number;
}

/** The binaries lie beside the bundle, or in the package when running from sources. */
function binaries(): string {
  const bundled = join(__dirname, 'wasm');
  if (existsSync(bundled)) return `${bundled}/`;
  const manifest = createRequire(__filename).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  return `${join(dirname(manifest), 'wasm-out')}/`;
}

let opened: Promise<WasmBackend> | undefined;

/** The WebAssembly backend of TensorFlow.js, started once per process. */
export function openWasmBackend(): Promise<WasmBackend> {
  opened ??= start();
  return opened;
}

async function start(): Promise<WasmBackend> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => process.listeners(event as 'uncaughtException'));
  setWasmPaths(binaries());
  if (!(await setBackend('wasm'))) {
    throw new Error(`the WebAssembly backend of TensorFlow.js did not start; looked for it in ${binaries()}`);
  }
  // The Emscripten runtime takes over the process's error handling; give it back.
  for (const [index, event] of events.entries()) {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!before[index]!.includes(listener)) process.removeListener(event, listener);
    }
  }
  return {
    backend: backend() as BackendWasm,
    library: `@tensorflow/tfjs-backend-wasm ${version_wasm}`,
    simd: await env().getAsync('WASM_HAS_SIMD_SUPPORT').then(Boolean),
    threads: Math.max(1, getThreadsCount()),
  };
}
