import { elements } from '../../../step/sizes';
import type { Heap, Tensor } from '../heap';

/** What TensorFlow.js calls float32 inside the module. */
const FLOAT = 0;

/** As the module takes shapes. */
export const int32Bytes = (values: number[]): Uint8Array => new Uint8Array(new Int32Array(values).buffer);
type ModuleFunction = ReturnType<Heap['module']['cwrap']>;

/**
 * Functions of the WebAssembly module, called on tensors that are already there: for loops in which making and
 * releasing tensors would cost more than the work.
 */
export class Functions {
  private readonly known = new Map<string, ModuleFunction>();

  constructor(private readonly heap: Heap) {}

  /** Elementwise, from a tensor of floats into one of the same size. */
  sigmoid(from: Tensor, to: Tensor): void {
    this.function('Sigmoid', ['number', 'number'])(this.id(from), this.id(to));
  }
  tanh(from: Tensor, to: Tensor): void {
    this.function('Tanh', ['number', 'number', 'number'])(this.id(from), FLOAT, this.id(to));
  }

  /**
   * left [m, k] · right [k, n] into `to`. The module keeps a packed copy of `right` until that is released, so it must
   * not change meanwhile.
   */
  multiply(left: Tensor, right: Tensor, to: Tensor, m: number, k: number, n: number): void {
    const operand = ['number', 'array', 'number'] as const;
    const product = this.function('BatchMatMul', [...operand, ...operand, 'number', 'number', 'number']);
    const shapes = [int32Bytes([1, m, k]), int32Bytes([1, k, n])] as const;
    product(this.id(left), shapes[0], 3, this.id(right), shapes[1], 3, 0, 0, this.id(to));
  }

  private id(tensor: Tensor): number {
    return this.heap.backend.dataIdMap.get(tensor.dataId).id;
  }

  private function(name: string, types: ('number' | 'array')[]): ModuleFunction {
    let made = this.known.get(name);
    if (!made) {
      made = this.heap.module.cwrap(name, null, types);
      this.known.set(name, made);
    }
    return made;
  }
}

/** Tensors of floats to work in, released together. */
export class Scratch {
  private readonly tensors: Tensor[] = [];

  constructor(private readonly heap: Heap) {}

  floats(...shape: number[]): Tensor {
    const tensor = this.heap.allocate(shape, 'float32');
    this.tensors.push(tensor);
    this.heap.floats(tensor).fill(0, 0, elements(shape));
    return tensor;
  }

  release(): void {
    for (const tensor of this.tensors.splice(0)) this.heap.release(tensor);
  }
}
