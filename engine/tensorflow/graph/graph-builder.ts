import type { ElementType } from '../../step/program';
import * as attr from './protobuf/attributes';
import type { GraphNode } from './protobuf/saved-model';

/** One tensor of the graph: `node`, or `node:1` for an output that is not the first. */
export type Output = string;

export type Attributes = Record<string, attr.Attribute>;

const smallConstant = 64;

const scalarData: Record<ElementType, (value: number) => attr.TensorData> = {
  float32: (value) => Float32Array.of(value),
  int32: (value) => Int32Array.of(value),
  bool: (value) => Uint8Array.of(value ? 1 : 0),
};

/** Collects nodes. Small constants are shared, names are made legal and unique. */
export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  private readonly names = new Set<string>();
  private readonly constants = new Map<string, Output>();

  /** `controls` are nodes that must have run before. */
  node(
    op: string,
    name: string,
    inputs: readonly Output[] = [],
    attributes: Attributes = {},
    controls: Iterable<Output> = [],
  ): Output {
    const unique = this.uniqueName(name);
    const control = Array.from(new Set(controls), (output) => `^${nodeOf(output)}`);
    this.nodes.push({ op, name: unique, inputs: [...inputs, ...control], attributes });
    return unique;
  }

  /** Gives a node another input than it was written with: what goes round in a loop is made after who reads it. */
  rewire(node: Output, input: number, output: Output): void {
    const at = this.nodes.findIndex(({ name }) => name === nodeOf(node));
    const known = this.nodes[at]!;
    this.nodes[at] = { ...known, inputs: known.inputs.toSpliced(input, 1, output) };
  }

  constant(
    name: string,
    dtype: attr.DataType,
    shape: readonly number[],
    data: attr.TensorData,
    controls: Iterable<Output> = [],
  ): Output {
    const make = () =>
      this.node(
        'Const',
        name,
        [],
        { dtype: attr.type(dtype), value: attr.tensor(dtype, shape, data) },
        controls,
      );
    if (data.byteLength > smallConstant || [...controls].length > 0) return make();
    const key = `${dtype} ${shape} ${new Uint8Array(data.buffer, data.byteOffset, data.byteLength)}`;
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.constants.set(key, made);
    return made;
  }

  scalar(dtype: ElementType, value: number): Output {
    return this.constant(`constant/${dtype}`, dtype, [], scalarData[dtype](value));
  }

  /** An int32 vector: axes, sizes, begins. */
  vector(values: readonly number[]): Output {
    return this.constant('constant/sizes', 'int32', [values.length], Int32Array.from(values));
  }

  private uniqueName(wanted: string): string {
    const legal = wanted.replace(/[^A-Za-z0-9_./]/g, '_');
    let name = legal;
    for (let n = 1; this.names.has(name); n++) name = `${legal}_${n}`;
    this.names.add(name);
    return name;
  }
}

/** The node that makes an output. */
export function nodeOf(output: Output): string {
  const colon = output.indexOf(':');
  return colon < 0 ? output : output.slice(0, colon);
}

/** As signatures and feeds name it: always with the output's number. */
export function fullName(output: Output): string {
  return output.includes(':') ? output : `${output}:0`;
}
