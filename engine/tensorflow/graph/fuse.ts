import { operands } from '../../step/operands';
import type { Instruction, Primitive, Program, TensorId, TensorSpec } from '../../step/program';
import { sameShape } from '../../step/sizes';

/** What TensorFlow has one kernel for and the program format says in several primitives. */
export type FusedPrimitive =
  /** left [..., c] + right [c]; TensorFlow joins it with the matrix product or convolution that made `left`. */
  | { op: 'bias_add'; left: TensorId; right: TensorId }
  /** The sum over all axes but the last. */
  | { op: 'bias_grad'; input: TensorId }
  /** `gradient` where `output`, the result of a relu, is positive; else 0. */
  | { op: 'relu_grad'; gradient: TensorId; output: TensorId }
  /** gradient * (1 - output^2), and gradient * output * (1 - output). */
  | { op: 'tanh_grad' | 'sigmoid_grad'; gradient: TensorId; output: TensorId };

export type GraphPrimitive = Primitive | FusedPrimitive;
export type GraphInstruction = GraphPrimitive & TensorSpec & { from?: string };

/** A program whose instructions may be fused ones. Ids are those of the program it was made from. */
export interface GraphProgram extends Omit<Program, 'instructions'> {
  instructions: GraphInstruction[];
}

type Rewrite = (instruction: Instruction, at: (id: TensorId) => Instruction) => GraphInstruction | undefined;

/** float32 x [..., c] + bias [c] right after a product, where the kernels can be joined. */
const biasAdd: Rewrite = (instruction, at) => {
  if (instruction.op !== 'add' || instruction.dtype !== 'float32') return undefined;
  const { left, right, ...rest } = instruction;
  const isBias = (x: TensorId, bias: TensorId) =>
    ['matmul', 'conv2d'].includes(at(x).op) &&
    at(bias).shape.length === 1 &&
    at(bias).shape[0] === at(x).shape.at(-1);
  if (isBias(left, right)) return { ...rest, op: 'bias_add', left, right };
  if (isBias(right, left)) return { ...rest, op: 'bias_add', left: right, right: left };
  return undefined;
};

const biasGrad: Rewrite = (instruction, at) => {
  if (instruction.op !== 'reduce_sum' || instruction.keepDims || instruction.dtype !== 'float32') {
    return undefined;
  }
  const { input, axes, from, dtype, shape } = instruction;
  const rank = at(input).shape.length;
  if (rank < 2 || axes.length !== rank - 1 || axes.includes(rank - 1)) return undefined;
  return { op: 'bias_grad', input, dtype, shape, ...(from === undefined ? {} : { from }) };
};

/** gradient * sign(relu(x)), as the gradient rule of relu writes it. */
const reluGrad: Rewrite = (instruction, at) => {
  if (instruction.op !== 'mul') return undefined;
  const { left, right, ...rest } = instruction;
  for (const [gradient, sign] of [
    [left, right],
    [right, left],
  ] as const) {
    const factor = at(sign);
    if (factor.op !== 'sign' || at(factor.input).op !== 'relu') continue;
    if (!sameShape(at(gradient).shape, factor.shape)) continue;
    return { ...rest, op: 'relu_grad', gradient, output: factor.input };
  }
  return undefined;
};

/** gradient * (1 - tanh^2) and gradient * (sigmoid * (1 - sigmoid)), as their gradient rules write them. */
const squashGrad: Rewrite = (instruction, at) => {
  if (instruction.op !== 'mul' || instruction.dtype !== 'float32') return undefined;
  const { left, right, ...rest } = instruction;
  const isOne = (id: TensorId) => {
    const { op, ...more } = at(id);
    return op === 'constant' && (more as { value: unknown }).value === 1;
  };
  for (const [gradient, slope] of [
    [left, right],
    [right, left],
  ] as const) {
    const factor = at(slope);
    if (!sameShape(at(gradient).shape, factor.shape)) continue;
    if (factor.op === 'sub' && isOne(factor.left)) {
      const square = at(factor.right);
      if (square.op === 'square' && at(square.input).op === 'tanh')
        return { ...rest, op: 'tanh_grad', gradient, output: square.input };
    }
    if (factor.op === 'mul' && at(factor.left).op === 'sigmoid') {
      const left = at(factor.right);
      if (left.op === 'sub' && isOne(left.left) && left.right === factor.left)
        return { ...rest, op: 'sigmoid_grad', gradient, output: factor.left };
    }
  }
  return undefined;
};

/** An elementwise instruction broadcasts by itself where the other side already has the shape of the result. */
const lateBroadcast: Rewrite = (instruction, at) => {
  if (!('left' in instruction) || instruction.op === 'matmul' || instruction.op === 'select')
    return undefined;
  const whole = (id: TensorId) => sameShape(at(id).shape, instruction.shape);
  const source = (id: TensorId) => {
    const operand = at(id);
    return operand.op === 'broadcast_like' ? operand.input : id;
  };
  const { left, right } = instruction;
  if (source(left) !== left && whole(right)) return { ...instruction, left: source(left) };
  if (source(right) !== right && whole(left)) return { ...instruction, right: source(right) };
  return undefined;
};

const rewrites = [biasAdd, biasGrad, reluGrad, squashGrad, lateBroadcast];

/** Replaces what TensorFlow can do in one kernel. What is no longer needed stays, unused. */
export function fuse(program: Program): GraphProgram {
  const at = (id: TensorId): Instruction => program.instructions[id]!;
  const instructions = program.instructions.map((instruction): GraphInstruction => {
    for (const rewrite of rewrites) {
      const rewritten = rewrite(instruction, at);
      if (rewritten) return rewritten;
    }
    return instruction;
  });
  return { ...program, instructions };
}

/** The tensors that an instruction reads; fused ones use the same names of fields. */
export function operandsOf(instruction: GraphInstruction): TensorId[] {
  return operands(instruction as Instruction);
}

/** The instructions that outputs or updates need. */
export function liveInstructions(program: GraphProgram): Set<TensorId> {
  const live = new Set<TensorId>([...Object.values(program.outputs), ...program.updates.flatMap(operands)]);
  for (let id = program.instructions.length - 1; id >= 0; id--) {
    if (live.has(id)) for (const operand of operandsOf(program.instructions[id]!)) live.add(operand);
  }
  return live;
}
