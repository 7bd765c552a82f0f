import type { PlanNode, PlanType, ValueId } from '../../../language/plan/format';
import type { Builder } from '../builder';
import { UnsupportedByEngine } from '../errors';
import type { ElementType, TensorId, TensorSpec } from '../program';
import { showShape } from '../sizes';

/** What a lowering needs from the graph around its node. */
export interface Surroundings {
  /** The tensor of a value that was lowered before, or is an input of the program. */
  value(id: ValueId): TensorId;
  /** The state of one of the node's weights. */
  weight(node: PlanNode, role: string): TensorId;
  /** New contents of a statistic; takes effect after the step. */
  assign(node: PlanNode, role: string, value: TensorId): void;
  /** Fresh uniform numbers in [0, 1), different at every step and in every node. */
  random(node: PlanNode, like: TensorId): TensorId;
}

/** Makes the tensors of one op: the only output, or several by port. */
export type Lowering = (at: LoweringContext) => TensorId | Record<string, TensorId>;

/** One node while it is lowered: its operands, attributes and weights, and the builder. */
export class LoweringContext {
  constructor(
    readonly b: Builder,
    readonly node: PlanNode,
    /** Dropout drops and batch normalisation uses the batch; false in evaluation and in frozen parts. */
    readonly training: boolean,
    private readonly around: Surroundings,
  ) {}

  /** All tensors wired into a port. */
  all(port: string): TensorId[] {
    const wired = this.node.inputs[port];
    if (wired === undefined) return [];
    return (Array.isArray(wired) ? wired : [wired]).map((id) => this.around.value(id));
  }
  input(port = 'in'): TensorId {
    return this.optional(port) ?? this.fail(`nothing is wired into '${port}'`);
  }
  optional(port: string): TensorId | undefined {
    return this.all(port)[0];
  }

  hasWeight(role: string): boolean {
    return this.node.weights.some((weight) => weight.role === role);
  }
  weight(role: string): TensorId {
    return this.around.weight(this.node, role);
  }
  optionalWeight(role: string): TensorId | undefined {
    return this.hasWeight(role) ? this.weight(role) : undefined;
  }
  assign(role: string, value: TensorId): void {
    this.around.assign(this.node, role, value);
  }
  random(like: TensorId): TensorId {
    return this.around.random(this.node, like);
  }

  /** Srivastava et al. 2014: keeps each number with probability 1 - rate, and scales what is kept; only in training. */
  dropout(x: TensorId, rate: number, like = x): TensorId {
    if (!this.training || rate === 0) return x;
    const { b } = this;
    const kept = b.cast(b.binary('greater_equal', this.random(like), b.scalar(rate)), 'float32');
    return b.mul(x, b.mul(kept, b.scalar(1 / (1 - rate))));
  }

  number(name: string, otherwise?: number): number {
    return this.attribute(name, 'number', otherwise);
  }
  string(name: string, otherwise?: string): string {
    return this.attribute(name, 'string', otherwise);
  }
  boolean(name: string, otherwise?: boolean): boolean {
    return this.attribute(name, 'boolean', otherwise);
  }
  /** One number per spatial axis; a single number stands for all of them. */
  numbers(name: string, count: number, otherwise?: number[]): number[] {
    const value = this.node.attributes[name];
    if (typeof value === 'number') return new Array<number>(count).fill(value);
    if (Array.isArray(value) && value.length === count) return value.map(Number);
    if (Array.isArray(value) && value.length === 1) return new Array<number>(count).fill(Number(value[0]));
    if (value === undefined || value === null) {
      if (otherwise) return otherwise;
      this.fail(`'${name}' is missing`);
    }
    return this.fail(`'${name}' must be a number or ${count} numbers`);
  }
  list(name: string): number[] | undefined {
    const value = this.node.attributes[name];
    if (value === undefined || value === null) return undefined;
    return (Array.isArray(value) ? value : [value]).map(Number);
  }
  /** An axis counted from the end when negative. */
  axis(value: number, rank: number): number {
    const axis = value < 0 ? value + rank : value;
    if (axis < 0 || axis >= rank) this.fail(`there is no axis ${value} in a tensor of rank ${rank}`);
    return axis;
  }
  /** The type that the plan gives to the only output. */
  get type(): PlanType {
    return Object.values(this.node.outputs)[0]!;
  }

  fail(message: string): never {
    throw new UnsupportedByEngine(`${this.node.op} in ${this.node.id}: ${message}`, this.node.at);
  }

  private attribute<T extends number | string | boolean>(name: string, type: string, otherwise?: T): T {
    const value = this.node.attributes[name];
    if (value === undefined || value === null) {
      if (otherwise === undefined) this.fail(`'${name}' is missing`);
      return otherwise;
    }
    if (typeof value !== type) this.fail(`'${name}' must be a ${type}, not ${JSON.stringify(value)}`);
    return value as T;
  }
}

/** The element type a plan's type is computed in. */
export function elementType(type: PlanType): ElementType {
  if (type.dtype === 'bool') return 'bool';
  if (type.dtype === 'string') {
    throw new Error(`a tensor ${type.dtype}${showShape(type.shape)} cannot enter a training step`);
  }
  return type.dtype.includes('int') ? 'int32' : 'float32';
}

export const tensorSpec = (type: PlanType): TensorSpec => ({
  dtype: elementType(type),
  shape: type.shape,
});
