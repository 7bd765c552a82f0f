/** The tests of a brick, each opened with the sizes it gives and made into a plan that an engine can run. */
import { exampleParams, expectedType, givenType, madeValue, makingProblem } from '../inference/example';
import { type FlatModel, type FlatValue, flattenModule } from '../inference/flatten';
import { besideManifest } from '../inference/pretrained';
import { moduleSettings, refusal } from '../inference/settings';
import type { Lookup } from '../names/catalogue';
import { locatedText, type ModuleDeclaration } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import { asNumber, asScalar, asText, entriesOf, get, itemsOf, keyOf } from '../syntax/path';
import type { Range, TreeNode } from '../syntax/tree';
import type { Dim } from '../types/dim';
import { printType, type TensorType } from '../types/type';
import type { PlanColumn, PlanExpectation, PlanGiven, PlanTask, PlanTest } from './format';
import { nodeOf, type PlaceOf, typeOf } from './plan';

/** Why a test fails without being run. */
export interface TestProblem {
  message: string;
  file: string;
  range: Range;
  expected?: string;
  got?: string;
}

export interface DeclaredTest {
  name: string;
  range: Range;
  node: TreeNode;
}

export interface TestContext {
  module: ModuleDeclaration;
  find(reference: BrickReference): Lookup<'module'>;
  place: PlaceOf;
  origin(file: string): 'workspace' | 'library' | 'registry';
  has(manifest: string, path: string): boolean;
  hash(file: string): string;
}

export function declaredTests(module: ModuleDeclaration): DeclaredTest[] {
  return itemsOf(get(module.root, 'tests')).map((node, index) => {
    const name = locatedText(get(node, 'name'));
    return { name: name?.value ?? `test ${index + 1}`, range: name?.range ?? node.range, node };
  });
}

/** The plan of one test, and the files of the bricks it uses; or why it cannot pass. */
export function planTest(
  { node: test, range }: DeclaredTest,
  context: TestContext,
): { test?: PlanTest; problems: TestProblem[]; files: string[] } {
  const { module } = context;
  const problems: TestProblem[] = [];
  const problem = (at: Range, message: string, more: Partial<TestProblem> = {}) =>
    problems.push({ message, file: module.file, range: at, ...more });

  const params = exampleParams(test, module);
  for (const setting of moduleSettings(module).values()) {
    const value = params.get(setting.name);
    const at = get(get(test, 'params'), setting.name)?.range ?? range;
    const refused =
      value === undefined ? `the param \`${setting.name}\` has no value` : refusal(value, setting);
    if (refused) problem(at, refused);
  }
  const inputs = new Map<string, FlatValue>();
  const given: PlanTest['given'] = {};
  for (const { name, parsed } of module.inputs.values()) {
    const node = get(get(test, 'given'), name);
    const type = parsed.type && givenType(node, parsed.type);
    const value = node && type && givenOf(node, type);
    const made = madeValue(node);
    const odd = made && type && makingProblem(made, type.dtype);
    if (!node) problem(range, `the input \`${name}\` is not given`);
    else if (odd) problem(node.range, `\`${asText(node)}\` cannot be made: ${odd}`);
    else if (!value || !type) problem(node.range, `\`${asText(node) ?? name}\` is no value: ${FORMS}`);
    else if (type.dims.some(({ constant }) => constant === undefined))
      problem(node.range, `\`${asText(node)}\` cannot be made: its sizes are not all numbers`);
    else if (elementsOf(type.dims) > MOST)
      problem(node.range, `\`${asText(node) ?? name}\` is too large to try`);
    else {
      const id = `given.${name}`;
      inputs.set(name, { id, type });
      given[id] = value;
    }
  }
  if (problems.length > 0) return { problems, files: [] };

  const flat = flattenModule(module, 'brick', params, inputs, context.find);
  for (const found of flat.problems) problem(found.range, found.message, { file: found.file });
  const size = flat.nodes
    .flatMap(({ weights }) => weights)
    .reduce((sum, { dims }) => sum + elementsOf(dims), 0);
  if (size > MOST)
    problem(range, `the brick has ${size.toLocaleString('en')} parameters here, too many to try`);
  const expect = expectationsOf(test, module, flat, context, problems);
  const files = [...new Set([module.file, ...flat.nodes.map(({ file }) => file)])];
  if (problems.length > 0) return { problems, files };
  // Weights are of the sizes that the brick has when nobody sets them.
  const named = get(test, 'params') ? undefined : module.weights?.value;
  const isThere = named !== undefined && context.has(module.file, named);
  const weights = isThere ? besideManifest(module.file, named) : undefined;
  const plan = planOfBrick(flat, inputs, range, weights, context);
  return { test: { plan, given, expect }, problems, files };
}

/** Numbers that a test may give, or learn: 1 GB of them. */
const MOST = 2 ** 28;

function elementsOf(dims: readonly Dim[]): number {
  return dims.reduce((product, { constant }) => product * (constant ?? 1), 1);
}

const FORMS = 'there are zeros[…], ones[…], random[…], arange[…] and lists of equal length';

/** Undefined for a rule that there is not, and for lists of different lengths. */
function givenOf(node: TreeNode, type: TensorType): PlanGiven | undefined {
  const made = madeValue(node);
  if (made) {
    const { rule, shape: _, ...random } = made;
    return rule === 'random' ? { fill: rule, ...random } : { fill: rule };
  }
  const values: (number | boolean | string)[] = [];
  const read = (level: TreeNode, depth: number): boolean => {
    if (depth < type.dims.length) {
      return (
        level.kind === 'sequence' &&
        level.items.length === type.dims[depth]!.constant &&
        level.items.every((item) => read(item, depth + 1))
      );
    }
    if (level.kind !== 'scalar' || level.value === null || level.value === undefined) return false;
    values.push(type.dtype === 'string' ? String(level.value) : (level.value as number | boolean | string));
    return type.dtype === 'string' || typeof level.value !== 'string';
  };
  return read(node, 0) ? { values } : undefined;
}

/** What each output must be; a type that the checker knows to be another is a problem at once. */
function expectationsOf(
  test: TreeNode,
  module: ModuleDeclaration,
  flat: FlatModel,
  { place }: TestContext,
  problems: TestProblem[],
): PlanExpectation[] {
  const outputs = flat.parts.at(-1)!.outputs;
  return entriesOf(get(test, 'expect')).flatMap((entry): PlanExpectation[] => {
    const output = keyOf(entry);
    const type = expectedType(entry.value);
    const value = outputs.get(output);
    const range = entry.value?.range ?? entry.range;
    if (output.startsWith('x-') || !type) return [];
    if (!value) {
      if (problems.length === 0)
        problems.push({ message: `the brick does not make \`${output}\``, file: module.file, range });
      return [];
    }
    if (contradict(type, value.type)) {
      problems.push({
        message: `\`${output}\` has another type`,
        file: module.file,
        range,
        expected: printType(type),
        got: printType(value.type),
      });
      return [];
    }
    const numbers = numbersOf(entry.value, type);
    if (typeof numbers === 'string') {
      problems.push({ message: `\`${output}\`: ${numbers}`, file: module.file, range });
      return [];
    }
    return [{ output, value: value.id, type: typeOf(type), ...numbers, at: place(module.file, range) }];
  });
}

/** What is said of the numbers themselves; or why it cannot hold. */
function numbersOf(node: TreeNode | undefined, type: TensorType): Partial<PlanExpectation> | string {
  const [least, greatest] = itemsOf(get(node, 'range')).map(asNumber);
  const listed = get(node, 'close_to');
  const close = listed && givenOf(listed, type);
  const values = close && 'values' in close ? close.values : undefined;
  if (listed && !values?.every((value) => typeof value === 'number'))
    return '`close_to` needs lists of numbers that have the shape of the output';
  const tolerance = asNumber(get(node, 'tolerance'));
  return {
    ...(least !== undefined && greatest !== undefined ? { range: [least, greatest] } : {}),
    ...(asScalar(get(node, 'sums_to_one'))?.value === true ? { sums_to_one: true } : {}),
    ...(values ? { close_to: values as number[] } : {}),
    ...(tolerance === undefined ? {} : { tolerance }),
  };
}

/** Whether the types differ for certain; a size that is a name may be any. */
function contradict(a: TensorType, b: TensorType): boolean {
  if (a.dtype !== b.dtype) return true;
  if (a.lead !== undefined || b.lead !== undefined) return false;
  if (a.dims.length !== b.dims.length) return true;
  return a.dims.some(({ constant }, axis) => {
    const other = b.dims[axis]!.constant;
    return constant !== undefined && other !== undefined && constant !== other;
  });
}

function planOfBrick(
  flat: FlatModel,
  inputs: Map<string, FlatValue>,
  range: Range,
  weights: string | undefined,
  { module, place, origin, hash }: TestContext,
): PlanTest['plan'] {
  const at = place(module.file, range);
  const name = module.name?.value ?? 'brick';
  const version = module.version?.value ?? '0.0.0';
  const column = (id: string, type: TensorType): PlanColumn => ({
    name: id,
    type: type.dtype === 'string' ? 'string' : 'tensor',
    required: true,
    value: typeOf(type),
    at,
  });
  const data = (alias: string, columns: PlanColumn[]) => {
    return {
      alias,
      name: alias,
      version,
      file: module.file,
      files: {},
      columns,
      splits: undefined,
      seed: 0,
      at,
    };
  };
  const learned = [...flat.parts.at(-1)!.outputs].filter(([, { type }]) => type.dtype === 'float32');
  const nodes = flat.nodes.map((node) => ({ stage: node.op.stage, node: nodeOf(node, place) }));
  return {
    format: 1,
    model: { name, version, file: module.file },
    parts: [
      {
        name: 'brick',
        module: name,
        version,
        source: origin(module.file),
        hash: hash(module.file),
        weights: weights === undefined ? { from: 'fresh' } : { from: 'file', file: weights },
        train: [{ mode: 'full' }],
        at,
      },
    ],
    data: [
      data(
        'given',
        [...inputs].map(([input, { type }]) => column(input, type)),
      ),
      data(
        'wanted',
        learned.map(([output, { type }]) => column(output, type)),
      ),
    ],
    prepare: nodes.filter(({ stage }) => stage === 'prepare').map(({ node }) => node),
    graph: nodes.filter(({ stage }) => stage === 'graph').map(({ node }) => node),
    tasks: learned.map(
      ([output, { id }]): PlanTask => ({
        name: output,
        data: 'wanted',
        output: id,
        target: `wanted.${output}`,
        loss: 'mse',
        weight: 1,
        metrics: [],
        at,
      }),
    ),
    train: {
      epochs: 1,
      batch: 1,
      optimizer: { kind: 'sgd', learning_rate: 1e-3, momentum: 0, nesterov: false, weight_decay: 0 },
      seed: 1,
      clip_norm: 1,
    },
    evaluate: { on: 'wanted', slices: [], require: [] },
  };
}
