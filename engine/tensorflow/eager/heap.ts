import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { getKernel, type NamedAttrMap, type TensorInfo } from '@tensorflow/tfjs-core';
import type { ElementType, HostTensor } from '../../step/program';
import { elements } from '../../step/sizes';

export type Tensor = TensorInfo;
export type Kernel = (
  inputs: Record<string, Tensor> | Tensor[],
  attributes?: Record<string, unknown>,
) => Tensor;

const bytesPerElement: Record<ElementType, number> = { float32: 4, int32: 4, bool: 1 };

/** What the Emscripten module has beside what its type says. */
interface Module {
  HEAPU8: Uint8Array;
  tfjs: {
    registerTensor(id: number, size: number, memoryOffset: number): void;
    disposeData(id: number): void;
  };
  cwrap(
    name: string,
    result: null,
    types: ('number' | 'array')[],
  ): (...values: (number | Uint8Array)[]) => void;
}

/**
 * Tensors in the memory of the WebAssembly module. Kernels of TensorFlow.js are called without its engine: no tape, no
 * scopes, no per-call bookkeeping; whoever makes a tensor releases it. Views are good until the next allocation, which
 * may move the memory.
 */
export class Heap {
  private readonly kernels = new Map<string, Kernel>();

  constructor(readonly backend: BackendWasm) {}

  /** Contents are undefined. */
  allocate(shape: number[], dtype: ElementType): Tensor {
    return this.backend.makeOutput(shape, dtype);
  }
  upload({ shape, dtype, data }: HostTensor): Tensor {
    const tensor = this.allocate(shape, dtype);
    this.write(tensor, data);
    return tensor;
  }
  fill(value: number, shape: number[], dtype: ElementType): Tensor {
    const tensor = this.allocate(shape, dtype);
    this.view(tensor).fill(value);
    return tensor;
  }
  release(tensor: Tensor): void {
    this.backend.disposeData(tensor.dataId);
  }
  /** The same memory under another shape; counts as a tensor of its own. */
  alias(tensor: Tensor, shape: number[]): Tensor {
    this.backend.incRef(tensor.dataId);
    return { dataId: tensor.dataId, dtype: tensor.dtype, shape };
  }
  /** A shape that is only looked at during one kernel call. */
  as(tensor: Tensor, shape: number[]): Tensor {
    return { dataId: tensor.dataId, dtype: tensor.dtype, shape };
  }

  /**
   * A tensor of floats inside the memory of another, from some element on. It must be closed before the other is
   * released.
   */
  window(tensor: Tensor, start: number, shape: number[]): Tensor {
    return this.backend.makeOutput(shape, 'float32', this.offset(tensor) + 4 * start);
  }
  closeWindow(window: Tensor): void {
    this.module.tfjs.disposeData(this.backend.dataIdMap.get(window.dataId).id);
    this.backend.dataIdMap.delete(window.dataId);
  }

  view(tensor: Tensor): Float32Array | Int32Array | Uint8Array {
    return this.backend.typedArrayFromHeap(tensor) as Float32Array | Int32Array | Uint8Array;
  }
  floats(tensor: Tensor): Float32Array {
    return this.backend.typedArrayFromHeap(tensor) as Float32Array;
  }
  /** The raw 32-bit words, whatever they mean. */
  words(tensor: Tensor): Int32Array {
    return new Int32Array(this.buffer, this.offset(tensor), elements(tensor.shape));
  }
  offset(tensor: Tensor): number {
    return this.backend.getMemoryOffset(tensor.dataId);
  }
  get module(): Module {
    return this.backend.wasm as unknown as Module;
  }
  get buffer(): ArrayBufferLike {
    return this.module.HEAPU8.buffer;
  }
  download(tensor: Tensor): HostTensor {
    const dtype = tensor.dtype as ElementType;
    return { dtype, shape: [...tensor.shape], data: this.view(tensor).slice() };
  }
  write(tensor: Tensor, data: HostTensor['data']): void {
    this.view(tensor).set(data);
    this.changed(tensor);
  }
  copy(from: Tensor, to: Tensor): void {
    const bytes = elements(from.shape) * bytesPerElement[from.dtype as ElementType];
    this.module.HEAPU8.copyWithin(this.offset(to), this.offset(from), this.offset(from) + bytes);
    this.changed(to);
  }
  /**
   * Must be called after a tensor was written in place: XNNPACK keeps packed copies of right-hand matrices and filters
   * by tensor id, and drops them when the id is disposed of.
   */
  changed(tensor: Tensor): void {
    const { id, memoryOffset } = this.backend.dataIdMap.get(tensor.dataId);
    this.module.tfjs.disposeData(id);
    this.module.tfjs.registerTensor(id, elements(tensor.shape), memoryOffset);
  }

  /** A kernel of TensorFlow.js by its name there. */
  kernel(name: string): Kernel {
    const known = this.kernels.get(name);
    if (known) return known;
    const config = getKernel(name, 'wasm');
    if (!config) throw new Error(`the WebAssembly backend has no kernel ${name}`);
    const kernel: Kernel = (inputs, attributes = {}) =>
      config.kernelFunc({
        inputs: inputs as Record<string, Tensor>,
        backend: this.backend,
        attrs: attributes as unknown as NamedAttrMap,
      }) as Tensor;
    this.kernels.set(name, kernel);
    return kernel;
  }
  /** Runs a kernel whose operands are not needed afterwards. */
  consume(name: string, inputs: Record<string, Tensor>, attributes?: Record<string, unknown>): Tensor {
    const result = this.kernel(name)(inputs, attributes);
    for (const tensor of Object.values(inputs)) this.release(tensor);
    return result;
  }

  /** Live tensors of the process, and the size of the memory they live in. */
  memory(): { tensors: number; bytes: number } {
    return { tensors: this.backend.numDataIds(), bytes: this.buffer.byteLength };
  }
}
