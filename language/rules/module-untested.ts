import type { ModuleDeclaration, Port } from '../names/declarations';
import { insertAt } from '../syntax/edits';
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import { type Analysis, edit, type FixProposal, type Rule } from './rule';

export const moduleUntested: Rule = {
  id: 'module-untested',
  group: 'governance',
  severity: 'hint',
  summary: 'A brick without a test.',
  why: 'A test states what users may rely on, and catches the change that breaks it.',
  check(analysis, report) {
    const { declaration } = analysis;
    if (declaration?.kind !== 'module' || declaration.tests.length > 0 || !declaration.name) return;
    report({
      range: declaration.name.range,
      message: `\`${declaration.name.value}\` has no tests; add one under \`tests:\``,
      propose: () => scaffold(declaration, analysis),
    });
  },
};

/** Rows and other sizes that a test does not care about. */
const ROWS = 2;
const SIZE = 8;

/** A test that states the sizes of the outputs for inputs of zeros. */
function scaffold(module: ModuleDeclaration, analysis: Analysis): FixProposal[] {
  const { inference } = analysis;
  if (inference?.kind !== 'module' || inference.graph.problems.length > 0) return [];
  const required = [...module.params.values()].filter((param) => param.default === undefined);
  if (required.some((param) => param.type !== 'int')) return [];
  const sizes = new Map<string, Dim>();
  for (const port of [...module.inputs.values(), ...module.outputs.values()])
    for (const { name } of port.parsed.names) sizes.set(name, Dim.of(name === 'batch' ? ROWS : SIZE));
  for (const param of module.params.values()) {
    const given = param.default?.kind === 'scalar' ? param.default.value : Math.max(param.min ?? 1, 2);
    if (param.type === 'int' && typeof given === 'number') sizes.set(param.name, Dim.of(given));
  }
  const given = ports(module.inputs, (type) =>
    type.dtype === 'string' ? words(type, sizes) : made(type, sizes),
  );
  const expect = ports(module.outputs, (type) => {
    const dims = dimsOf(type, sizes);
    return dims && `${type.dtype}[${dims.join(', ')}]`;
  });
  if (!given || !expect) return [];
  const params = required.map((param) => `${param.name}: ${sizes.get(param.name)}`);
  const text = [
    '',
    '- name: gives the sizes that it promises',
    ...(params.length > 0 ? [`  params: { ${params.join(', ')} }`] : []),
    '  given:',
    ...given.map((line) => `    ${line}`),
    '  expect:',
    ...expect.map((line) => `    ${line}`),
  ].join('\n');
  const inserted = insertAt(analysis.source.tree, [], 'tests', text);
  return inserted ? [edit(analysis, inserted, 'Add a test of its sizes')] : [];
}

function ports(
  declared: Map<string, Port>,
  write: (type: TensorType) => string | undefined,
): string[] | undefined {
  const lines: string[] = [];
  for (const { name, parsed } of declared.values()) {
    const text = parsed.type && write(parsed.type);
    if (text === undefined) return undefined;
    lines.push(`${name}: ${text}`);
  }
  return lines;
}

function made(type: TensorType, sizes: Map<string, Dim>): string | undefined {
  const dims = dimsOf(type, sizes);
  return dims && `zeros[${dims.join(', ')}]`;
}

/** A text for each row. */
function words(type: TensorType, sizes: Map<string, Dim>): string | undefined {
  const dims = dimsOf(type, sizes);
  return dims?.length === 1
    ? `[${Array.from({ length: dims[0]! }, (_, i) => `text ${i + 1}`).join(', ')}]`
    : undefined;
}

/** Numbers; undefined where one does not come out. `_` is any size. Leading axes are left away. */
function dimsOf({ dims }: TensorType, sizes: Map<string, Dim>): number[] | undefined {
  const found = dims.map((dim) => {
    const open = new Map([...dim.symbols()].map((name) => [name, sizes.get(name) ?? Dim.of(SIZE)]));
    return dim.substitute(open).constant;
  });
  return found.every((size) => size !== undefined) ? found : undefined;
}
