import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { installedTensorflow } from './home';

/**
 * The native addon of tfjs-node: TensorFlow's C library behind Node-API. The executor calls it directly, because
 * one native call per step needs none of the JavaScript around it, which takes longer to load than the library.
 * Tensors are numbers here; each must be deleted.
 */
export interface NativeBinding {
  /** Shares the memory of `data`, which must not change before the tensor is deleted. */
  createTensor(shape: number[], dtype: number, data: Float32Array | Int32Array | Uint8Array): number;
  deleteTensor(tensor: number): void;
  /** A copy of the values. */
  tensorDataSync(tensor: number): Float32Array | Int32Array | Uint8Array;
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(model: number): void;
  /** `feeds` and `fetches` are `node:output`, separated by commas. */
  runSavedModel(model: number, tensors: number[], feeds: string, fetches: string): NativeTensor[];
  getNumOfTensors(): number;
  isUsingGpuDevice(): boolean;
  TF_Version: string;
}

export interface NativeTensor {
  id: number;
  shape: number[];
  dtype: number;
}

export interface NativeTensorflow {
  binding: NativeBinding;
  /** Version of the C library that was loaded. */
  version: string;
  device: string;
  threads: number;
}

const packageName = '@tensorflow/tfjs-node';
const addon = 'lib/napi-v8/tfjs_binding.node';

/**
 * The folder of a tfjs-node whose addon has been built or downloaded: the one in `$BRIQUE_TENSORFLOW/node_modules`,
 * else the one that Node finds from here, else the one that `brique runtime` installed. Loads nothing.
 */
export function findNativeTensorflow(): string | undefined {
  return nativeTensorflows()[0];
}

/** All of them; the first is the one that is used. */
export function nativeTensorflows(): string[] {
  const chosen = process.env.BRIQUE_TENSORFLOW;
  const searched = createRequire(__filename).resolve.paths(packageName) ?? [];
  const own = [chosen, installedTensorflow()].map((folder) => (folder ? [join(folder, 'node_modules')] : []));
  const all = [...own[0]!, ...searched, ...own[1]!].map((modules) => join(modules, packageName));
  return [...new Set(all)].filter((folder) => existsSync(join(folder, addon)));
}

/** Says so where BRIQUE_TENSORFLOW names a folder that has no addon: whoever set it expects it to be used. */
export function strayTensorflow(): string | undefined {
  const chosen = process.env.BRIQUE_TENSORFLOW;
  if (!chosen || existsSync(join(chosen, 'node_modules', packageName, addon))) return undefined;
  const what = existsSync(chosen) ? 'holds no native TensorFlow' : 'is not there';
  return `BRIQUE_TENSORFLOW names ${chosen}, which ${what}, so it counts for nothing`;
}

let loaded: NativeTensorflow | undefined;

/** Loads the library into this process, once. Throws in plain words when it is missing or does not load. */
export function loadNativeTensorflow(): NativeTensorflow {
  loaded ??= load();
  return loaded;
}

function load(): NativeTensorflow {
  const folder = findNativeTensorflow();
  if (!folder) {
    throw new Error(
      `Native TensorFlow is not installed: no ${packageName} with a built addon was found. ` +
        'Install it with `brique runtime install`, or set BRIQUE_TENSORFLOW to a folder that has it.',
    );
  }
  const threads = prepareEnvironment();
  let binding: NativeBinding;
  try {
    binding = createRequire(__filename)(join(folder, addon)) as NativeBinding;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Native TensorFlow in ${folder} does not load: ${reason}`, { cause });
  }
  const device = binding.isUsingGpuDevice() ? 'GPU' : (cpus()[0]?.model.trim() ?? 'CPU');
  return { binding, version: binding.TF_Version, device, threads };
}

/** TensorFlow reads these once, while it loads. What a person has set stays. */
function prepareEnvironment(): number {
  // Start-up chatter goes to stderr at levels 0 (info) and 1 (warning).
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // Its own default is to use oneDNN on processors with AVX-512 VNNI only; convolutions are faster with it on older ones.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  process.env.TF_NUM_INTRAOP_THREADS ??= String(availableParallelism());
  return Number(process.env.TF_NUM_INTRAOP_THREADS);
}
