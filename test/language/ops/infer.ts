import assert from 'node:assert/strict';
import { opNamed } from '../../../language/ops/catalogue';
import {
  type AttributeValue,
  attributeDefault,
  type OpAttribute,
  type OpProblem,
  type OpResult,
} from '../../../language/ops/op';
import { Dim, parseDim } from '../../../language/types/dim';
import { Solver } from '../../../language/types/solver';
import { parseType, printType, type TensorType } from '../../../language/types/type';

export interface Inferred extends OpResult {
  problems: OpProblem[];
  refused: string[];
  solver: Solver<string>;
}

export type Given = Record<string, number | string | boolean | (number | string)[]>;

/** Runs a shape rule. Names in the types are rigid when they are written in capitals. */
export function infer(name: string, inputs: Record<string, string | string[]>, given: Given = {}): Inferred {
  const op = opNamed(name);
  assert.ok(op, `there is an op ${name}`);
  const solver = new Solver<string>();
  const types = Object.fromEntries(
    Object.entries(inputs).map(([key, text]) => [key, Array.isArray(text) ? text.map(type) : type(text)]),
  );
  for (const each of Object.values(types).flat()) {
    for (const dim of each.dims)
      for (const symbol of dim.symbols()) if (symbol === symbol.toUpperCase()) solver.rigid(symbol);
  }
  const attributes: Record<string, AttributeValue | undefined> = {};
  for (const [key, attribute] of Object.entries(op.attributes)) {
    attributes[key] = key in given ? attributeValue(attribute, given[key]!) : attributeDefault(attribute);
  }
  const unknown = Object.keys(given).find((key) => !(key in op.attributes));
  assert.equal(unknown, undefined, 'the test sets an attribute that the op has');
  const problems: OpProblem[] = [];
  const refused: string[] = [];
  const result = op.infer({
    inputs: types,
    attributes,
    given: (attribute) => attribute in given,
    fresh: (hint) => Dim.symbol(`fresh_${hint}`),
    resolve: (dim) => solver.resolve(dim),
    equate: (a, b, why) => {
      if (solver.equate(a, b, why) === 'no') refused.push(why);
    },
    fail: (problem) => problems.push(problem),
  });
  return { ...result, problems, refused, solver };
}

function type(text: string): TensorType {
  const parsed = parseType(text);
  assert.ok(parsed.type, `${text}: ${parsed.problems[0]?.message}`);
  return parsed.type;
}

function attributeValue(attribute: OpAttribute, value: Given[string]): AttributeValue {
  if (Array.isArray(value)) {
    if (attribute.type === 'ints') return value.map(size);
    return attribute.type === 'floats' ? value.map(Number) : value.map(String);
  }
  return attribute.type === 'int'
    ? size(value as number)
    : attribute.type === 'ints'
      ? [size(value as number)]
      : value;
}

function size(value: number | string): Dim {
  return typeof value === 'number' ? Dim.of(value) : parseDim(value).dim!;
}

/** An op, its inputs, its attributes, and the type of its first output. */
export type Case = [
  op: string,
  inputs: string | string[] | Record<string, string | string[]>,
  attributes: Given,
  out: string,
];

/** By port, as `in:` of a step feeds them. */
export function inputsOf(op: string, inputs: Case[1]): Record<string, string | string[]> {
  if (typeof inputs === 'object' && !Array.isArray(inputs)) return inputs;
  const declared = opNamed(op)!.inputs;
  if (typeof inputs === 'string') return declared.length === 0 ? {} : { [declared[0]!.name]: inputs };
  return declared[0]!.variadic
    ? { [declared[0]!.name]: inputs }
    : Object.fromEntries(inputs.map((text, i) => [declared[i]!.name, text]));
}

/** Declares a test for each case. */
export function testShapes(cases: Case[]): void {
  for (const [op, inputs, attributes, out] of cases) {
    it(`${op} ${JSON.stringify(inputs)} ${JSON.stringify(attributes)} gives ${out}`, () => {
      const { outputs, problems, refused, solver } = infer(op, inputsOf(op, inputs), attributes);
      assert.deepEqual([...problems.map((p) => p.message), ...refused], []);
      assert.equal(printType(solver.resolveType(Object.values(outputs)[0]!)), out);
    });
  }
}

/** Declares a test for each case: exactly one thing is said, and it is this. */
export function testRefusals(cases: [string, Case[1], Given, RegExp][]): void {
  for (const [op, inputs, attributes, message] of cases) {
    it(`${op} ${JSON.stringify(inputs)} ${JSON.stringify(attributes)}`, () => {
      const { problems, refused } = infer(op, inputsOf(op, inputs), attributes);
      const said = [...problems.map((p) => p.message), ...refused];
      assert.equal(said.length, 1, said.join('\n'));
      assert.match(said[0]!, message);
    });
  }
}
