/**
 * What an op is: ports, attributes, shape rule and documentation in one declaration. The checker, the editor and the
 * plan read it; engines give it its meaning on numbers. A new op is one file here and one line in `catalogue.ts`.
 */
import type { Initializer } from '../plan/format';
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';

/** How the reference groups ops. */
export type OpCategory =
  | 'layer'
  | 'position'
  | 'convolution'
  | 'attention'
  | 'recurrent'
  | 'pooling'
  | 'normalisation'
  | 'activation'
  | 'arithmetic'
  | 'comparison'
  | 'similarity'
  | 'reduction'
  | 'shape'
  | 'prepare';

export interface Op {
  name: string;
  category: OpCategory;
  /** `prepare` ops run once on the host, before training, and may be fitted on the training split. */
  stage: 'graph' | 'prepare';
  /** One line. */
  summary: string;
  /** Markdown, with an example in YAML. */
  doc: string;
  /** In order: a bare `in: x` feeds the first, `in: [x, y]` the first two, or all of a variadic first one. */
  inputs: OpInput[];
  attributes: Record<string, OpAttribute>;
  outputs: { name: string; doc: string }[];
  /**
   * The types of the outputs and the weights, from those of the inputs. An output that cannot be known is left out.
   * Called only with every input that is not optional, all of them resolved.
   */
  infer(call: OpCall): OpResult;
}

export interface OpInput {
  name: string;
  doc: string;
  optional?: boolean;
  /** Takes any number of sources, as a list. */
  variadic?: boolean;
}

/** `int` and `ints` may be symbolic in the checker: a brick's own `$units` is every whole number at once. */
export interface OpAttribute {
  type: 'int' | 'float' | 'bool' | 'string' | 'enum' | 'ints' | 'floats' | 'strings';
  default?: number | boolean | string | number[] | string[];
  required?: boolean;
  /** For `enum`. */
  values?: string[];
  /** Inclusive; for lists, of each. */
  min?: number;
  max?: number;
  doc: string;
}

/** `int` is a Dim, `ints` Dims, `float` a number, `floats` numbers; the rest as written. */
export type AttributeValue = Dim | number | boolean | string | Dim[] | number[] | string[];

export interface OpCall {
  inputs: Record<string, TensorType | TensorType[] | undefined>;
  /** Defaults filled in; undefined when not set and without default, or not known. */
  attributes: Record<string, AttributeValue | undefined>;
  /** Whether an attribute is set, be its value known or not. */
  given(attribute: string): boolean;
  /** A size that is not known; the same hint gives the same size within one call. */
  fresh(hint: string): Dim;
  /** States that two sizes are equal; a proved no becomes a finding that says why they must be. */
  equate(a: Dim, b: Dim, why: string): void;
  /** Says that an axis of size 1 of an input, counted from the end, is repeated to another size. */
  repeated?(type: TensorType, fromEnd: number, size: Dim): void;
  resolve(dim: Dim): Dim;
  fail(problem: OpProblem): void;
}

export interface OpProblem {
  input?: string;
  attribute?: string;
  kind: 'rank' | 'dtype' | 'dim' | 'attribute';
  message: string;
  help?: string;
}

export interface OpWeight {
  /** The op's own name of it; part of the tensor's name in the saved weights. */
  role: string;
  dims: Dim[];
  init: Initializer;
  trainable: boolean;
  /**
   * Whether training with `lora` may adapt it (Hu et al. 2021): the op uses it as a matrix, whose columns are the last
   * axis and whose rows are all axes before it.
   */
  adaptable?: boolean;
}

export interface OpResult {
  outputs: Record<string, TensorType>;
  weights: OpWeight[];
  /** Floating-point operations of a forward pass over the whole batch; a multiply-add counts as two. */
  flops?: Dim;
}

/** The default as `infer` sees it. */
export function attributeDefault(attribute: OpAttribute): AttributeValue | undefined {
  const value = attribute.default;
  if (attribute.type === 'int') return typeof value === 'number' ? Dim.of(value) : undefined;
  if (attribute.type === 'ints')
    return Array.isArray(value) ? value.map((item) => Dim.of(Number(item))) : undefined;
  if (attribute.type === 'floats') return Array.isArray(value) ? value.map(Number) : value;
  return Array.isArray(value) ? value.map(String) : value;
}
