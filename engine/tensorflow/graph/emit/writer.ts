import type { Output } from '../graph-builder';
import * as attr from '../protobuf/attributes';
import type { EmitContext } from './context';
import type { Loop } from './loop';

const float32 = attr.type('float32');
const int32 = attr.type('int32');

/** Writes nodes on tensors of floats: into the graph, or inside of a loop, where constants have to be brought in. */
export class Writer {
  constructor(
    private readonly to: EmitContext,
    private readonly loop?: Loop,
  ) {}

  /** A kernel that takes and gives floats. */
  apply(op: string, ...inputs: Output[]): Output {
    return this.to.node(op, inputs, { T: float32 }, op.toLowerCase());
  }
  multiply(left: Output, right: Output, transposeRight = false): Output {
    const flags = { transpose_a: attr.bool(false), transpose_b: attr.bool(transposeRight) };
    return this.to.node('MatMul', [left, right], { T: float32, ...flags }, 'matmul');
  }
  select(condition: Output, left: Output, right: Output): Output {
    return this.apply('SelectV2', condition, left, right);
  }
  float(value: number): Output {
    return this.inside(this.to.graph.scalar('float32', value), 'float32');
  }
  integer(value: number): Output {
    return this.inside(this.to.graph.scalar('int32', value), 'int32');
  }
  integers(op: string, ...inputs: Output[]): Output {
    return this.to.node(op, inputs, { T: int32 }, op.toLowerCase());
  }
  /** One element of the first axis. */
  row(x: Output, index: Output, dtype: attr.DataType = 'float32'): Output {
    const types = { Tparams: attr.type(dtype), Tindices: int32, Taxis: int32 };
    return this.to.node('GatherV2', [x, index, this.integer(0)], types, 'row');
  }
  concat(parts: Output[], axis: number): Output {
    const attributes = { N: attr.int(parts.length), T: float32, Tidx: int32 };
    return this.to.node('ConcatV2', [...parts, this.integer(axis)], attributes, 'concat');
  }
  /** Equal parts along an axis. */
  split(x: Output, count: number, axis: number): Output[] {
    const attributes = { num_split: attr.int(count), T: float32 };
    const first = this.to.node('Split', [this.integer(axis), x], attributes, 'split');
    return Array.from({ length: count }, (_, i) => (i === 0 ? first : `${first}:${i}`));
  }
  /** Along the first axis. */
  allButLast(x: Output): Output {
    const bounds = [[0], [-1], [1]].map((values) => this.inside(this.to.graph.vector(values), 'int32'));
    return this.to.node('StridedSlice', [x, ...bounds], { T: float32, Index: int32 }, 'before');
  }
  slice(x: Output, begin: number[], size: number[]): Output {
    const bounds = [begin, size].map((values) => this.inside(this.to.graph.vector(values), 'int32'));
    return this.to.node('Slice', [x, ...bounds], { T: float32, Index: int32 }, 'slice');
  }

  private inside(constant: Output, dtype: attr.DataType): Output {
    return this.loop ? this.loop.invariant(constant, dtype) : constant;
  }
}
