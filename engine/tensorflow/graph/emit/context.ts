import type { Size, TensorId, TensorSpec } from '../../../step/program';
import type { GraphInstruction, GraphPrimitive, GraphProgram } from '../fuse';
import type { Attributes, GraphBuilder, Output } from '../graph-builder';
import * as attr from '../protobuf/attributes';

type Variant<P, K> = P extends { op: infer O } ? (K extends O ? P : never) : never;

/** The instruction of one primitive. */
export type InstructionOf<K extends GraphPrimitive['op']> = Variant<GraphPrimitive, K> & {
  op: K;
} & TensorSpec;

/** Writes the nodes of one instruction and returns the graph tensor that holds its result. */
export type Emit<K extends GraphPrimitive['op']> = (instruction: InstructionOf<K>, to: EmitContext) => Output;

/** One emit function per primitive of a family. */
export type EmitTable<K extends GraphPrimitive['op'] = GraphPrimitive['op']> = { [Op in K]: Emit<Op> };

/** Where the nodes of one program go, and what has been written so far. */
export class EmitContext {
  readonly outputs: Output[] = [];
  /** Nodes named after the instruction that is being written, for messages of TensorFlow that name them. */
  private current = 0;
  private readonly made = new Map<string, Output>();

  constructor(
    readonly graph: GraphBuilder,
    readonly scope: string,
    readonly program: GraphProgram,
    readonly placeholders: Readonly<Record<string, Output>>,
    readonly states: ReadonlyMap<string, Output>,
  ) {}

  begin(id: TensorId): void {
    this.current = id;
  }

  spec(id: TensorId): GraphInstruction {
    return this.program.instructions[id]!;
  }

  output(id: TensorId): Output {
    return this.outputs[id]!;
  }

  /** A node of the current instruction; `part` names a helper beside the main one. */
  node(op: string, inputs: readonly Output[], attributes: Attributes = {}, part?: string): Output {
    const main = `${this.scope}/${this.current}_${this.spec(this.current).op}`;
    return this.graph.node(op, part ? `${main}/${part}` : main, inputs, attributes);
  }

  /** Names the current instruction within the graph. */
  get label(): string {
    return `${this.scope}/${this.current}`;
  }

  shapeOf(tensor: Output, dtype: attr.DataType): Output {
    return this.node('Shape', [tensor], { T: attr.type(dtype), out_type: attr.type('int32') }, 'shape');
  }

  /** The length of one axis, as an int32 scalar. */
  axisLength(tensor: Output, dtype: attr.DataType, axis: number): Output {
    const at = (index: number) => this.graph.vector([index]);
    return this.node(
      'StridedSlice',
      [this.shapeOf(tensor, dtype), at(axis), at(axis + 1), at(1)],
      { T: attr.type('int32'), Index: attr.type('int32'), shrink_axis_mask: attr.int(1) },
      'length',
    );
  }

  /** The shape of an instruction's result as an int32 vector, `like` being a tensor that has it. */
  shapeLike(shape: readonly Size[], like: TensorId): Output {
    const known = shape.every((size) => typeof size === 'number');
    return known
      ? this.graph.vector(attr.staticSizes(shape))
      : this.shapeOf(this.output(like), this.spec(like).dtype);
  }

  /** A size as an int32 scalar; names are looked up in the shapes of the program's inputs. */
  size(size: Size): Output {
    if (typeof size === 'number') return this.graph.scalar('int32', size);
    return this.shared(`size ${size}`, () =>
      size
        .split('*')
        .map((factor) => (/^\d+$/.test(factor) ? this.size(Number(factor)) : this.named(factor)))
        .reduce((left, right) => this.node('Mul', [left, right], { T: attr.type('int32') }, 'size')),
    );
  }

  /** Makes a helper once per program. */
  shared(key: string, make: () => Output): Output {
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.made.set(key, made);
    return made;
  }

  private named(name: string): Output {
    for (const [input, { shape, dtype }] of Object.entries(this.program.inputs)) {
      const axis = shape.indexOf(name);
      if (axis >= 0) return this.axisLength(this.placeholders[input]!, dtype, axis);
    }
    throw new Error(`no input of ${this.scope} has a dimension named '${name}'`);
  }
}
