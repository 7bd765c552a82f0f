import { elements } from '../../../step/sizes';
import type { Heap, Tensor } from '../heap';
import { int32Bytes } from './functions';
import type { Kernels } from './kernel';

/** The last two axes swapped. The backend's own transpose flags take a path that is ten to twenty times slower. */
export function transposeMatrices(heap: Heap, tensor: Tensor): Tensor {
  const rank = tensor.shape.length;
  const order = tensor.shape.map((_, axis) => axis);
  order[rank - 2] = rank - 1;
  order[rank - 1] = rank - 2;
  return heap.kernel('Transpose')({ x: tensor }, { perm: order });
}

/**
 * Matrix product of [groups, m, k] and [groups, k, n]. One by one, because the backend multiplies single matrices with
 * XNNPACK but groups of them with a plain loop; each is a window on the whole, so nothing is copied.
 */
export function multiply(
  heap: Heap,
  left: Tensor,
  right: Tensor,
  groups: number,
  m: number,
  k: number,
  n: number,
): Tensor {
  const { backend } = heap;
  if (groups === 1) {
    return heap.kernel('BatchMatMul')(
      { a: heap.as(left, [1, m, k]), b: heap.as(right, [1, k, n]) },
      { transposeA: false, transposeB: false },
    );
  }
  const out = heap.allocate([groups, m, n], 'float32');
  const product = matmulFunction(heap);
  const leftShape = int32Bytes([1, m, k]);
  const rightShape = int32Bytes([1, k, n]);
  const { tfjs } = backend.wasm;
  const [leftAt, rightAt, outAt] = [heap.offset(left), heap.offset(right), heap.offset(out)];
  const [a, b, c] = windowIds;
  for (let group = 0; group < groups; group++) {
    tfjs.registerTensor(a, m * k, leftAt + 4 * group * m * k);
    tfjs.registerTensor(b, k * n, rightAt + 4 * group * k * n);
    tfjs.registerTensor(c, m * n, outAt + 4 * group * m * n);
    product(a, leftShape, 3, b, rightShape, 3, 0, 0, c);
    for (const id of windowIds) tfjs.disposeData(id);
  }
  return out;
}

/** Ids of tensors count up from 1, so the upper end is free for windows. */
const windowIds = [0x7ffffff1, 0x7ffffff2, 0x7ffffff3] as const;

type WasmFunction = ReturnType<Heap['module']['cwrap']>;
const functions = new WeakMap<Heap, WasmFunction>();

/** The function of the module behind the kernel, which takes tensor ids, shapes as bytes, and the transpose flags. */
function matmulFunction(heap: Heap): WasmFunction {
  let product = functions.get(heap);
  if (!product) {
    const operand = ['number', 'array', 'number'] as const;
    product = heap.module.cwrap('BatchMatMul', null, [...operand, ...operand, 'number', 'number', 'number']);
    functions.set(heap, product);
  }
  return product;
}

export const matmul: Kernels<'matmul'> = {
  matmul: ({ heap, instruction, shape, shapeOf }) => {
    const { left, right, transposeLeft, transposeRight } = instruction;
    const rank = shape.length;
    const [m, n] = [shape[rank - 2]!, shape[rank - 1]!];
    const k = shapeOf(left)[transposeLeft ? rank - 2 : rank - 1]!;
    const groups = elements(shape.slice(0, -2));
    return (tensors) => {
      const a = transposeLeft ? transposeMatrices(heap, tensors[left]!) : tensors[left]!;
      const b = transposeRight ? transposeMatrices(heap, tensors[right]!) : tensors[right]!;
      const product = multiply(heap, a, b, groups, m, k, n);
      if (transposeLeft) heap.release(a);
      if (transposeRight) heap.release(b);
      return { ...product, shape };
    };
  },
};
