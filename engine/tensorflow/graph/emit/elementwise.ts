import type { BinaryName, UnaryName } from '../../../step/program';
import * as attr from '../protobuf/attributes';
import type { Emit, EmitTable } from './context';

const unaryOps: Record<Exclude<UnaryName, 'logical_not'>, string> = {
  neg: 'Neg',
  exp: 'Exp',
  log: 'Log',
  log1p: 'Log1p',
  sqrt: 'Sqrt',
  rsqrt: 'Rsqrt',
  reciprocal: 'Reciprocal',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  relu: 'Relu',
  softplus: 'Softplus',
  abs: 'Abs',
  square: 'Square',
  sign: 'Sign',
  erf: 'Erf',
  sin: 'Sin',
  cos: 'Cos',
  floor: 'Floor',
  is_nan: 'IsNan',
};

const binaryOps: Record<Exclude<BinaryName, 'logical_and' | 'logical_or'>, string> = {
  add: 'AddV2',
  sub: 'Sub',
  mul: 'Mul',
  div: 'RealDiv',
  maximum: 'Maximum',
  minimum: 'Minimum',
  pow: 'Pow',
  equal: 'Equal',
  less: 'Less',
  less_equal: 'LessEqual',
  greater: 'Greater',
  greater_equal: 'GreaterEqual',
};

const unary =
  (op: string): Emit<UnaryName> =>
  ({ input }, to) =>
    to.node(op, [to.output(input)], { T: attr.type(to.spec(input).dtype) });

const binary =
  (op: string): Emit<BinaryName> =>
  ({ left, right }, to) =>
    to.node(op, [to.output(left), to.output(right)], { T: attr.type(to.spec(left).dtype) });

/** The logical ops are for bool alone and take no type. */
const logical =
  (op: string): Emit<'logical_and' | 'logical_or'> =>
  ({ left, right }, to) =>
    to.node(op, [to.output(left), to.output(right)]);

function table<K extends string, E>(ops: Record<K, string>, emit: (op: string) => E): Record<K, E> {
  const entries = Object.entries<string>(ops).map(([name, op]) => [name, emit(op)]);
  return Object.fromEntries(entries) as Record<K, E>;
}

export const elementwise: EmitTable<UnaryName | BinaryName | 'select' | 'cast'> = {
  ...table(unaryOps, unary),
  ...table(binaryOps, binary),
  logical_not: ({ input }, to) => to.node('LogicalNot', [to.output(input)]),
  logical_and: logical('LogicalAnd'),
  logical_or: logical('LogicalOr'),

  select: ({ condition, left, right }, to) =>
    to.node('SelectV2', [to.output(condition), to.output(left), to.output(right)], {
      T: attr.type(to.spec(left).dtype),
    }),

  cast: ({ input, dtype }, to) =>
    to.node('Cast', [to.output(input)], {
      SrcT: attr.type(to.spec(input).dtype),
      DstT: attr.type(dtype),
    }),
};
