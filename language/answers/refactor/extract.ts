/** Selected nodes of a brick become a brick of their own, in a file beside it. */
import type { InferredStep } from '../../inference/graph';
import type { ModuleInference } from '../../inference/module';
import type { Step } from '../../names/declarations';
import { applyEdits, removeEntry } from '../../syntax/edits';
import { asMap, get } from '../../syntax/path';
import { columnOf, lineBreak } from '../../syntax/scan';
import type { Range } from '../../syntax/tree';
import { printType } from '../../types/type';
import type { Files } from '../references';
import type { Refactoring, Selected } from './refactoring';

interface Port {
  name: string;
  /** As the nodes name it. */
  source: string;
  type: string;
}

export function extractions({ analysis, range }: Selected, files: Files): Refactoring[] {
  const { inference, source } = analysis;
  const graph = asMap(get(source.tree.root, 'graph'));
  if (inference?.kind !== 'module' || !graph || graph.flow || source.tree.problems.length > 0) return [];
  const chosen = [...inference.graph.steps.values()]
    .filter(({ step }) => step.range.start < range.end && range.start < step.range.end)
    .sort((a, b) => a.step.range.start - b.step.range.start);
  const made = chosen.length > 0 && chosen.length < graph.entries.length && range.end > range.start;
  const last = made ? onlyResult(chosen, inference) : undefined;
  const inputs = last && inputsOf(chosen, inference);
  const output = last && typeOf(last, inference);
  if (!last || !inputs || inputs.length === 0 || output === undefined) return [];
  const name = freeName(`${last.step.name.replaceAll('_', '-').toLowerCase()}-block`, files);
  const file = source.file.replace(/[^/\\]*$/, `${name}.brique.yaml`);
  if (files.source(file)) return [];
  const texts = chosen.map(({ step }) => renamed(source.text, step, inputs));
  const params = paramsOf([...texts, output, ...inputs.map(({ type }) => type)].join('\n'), inference);
  const end = lineBreak(source.text);
  const text = [
    'kind: module',
    `name: ${name}`,
    'version: 0.1.0',
    `summary: Taken out of ${inference.module.name?.value ?? 'another brick'}.`,
    ...(params.length > 0
      ? ['params:', ...params.map((param) => `  ${paramText(param, inference, source.text)}`)]
      : []),
    'inputs:',
    ...inputs.map(({ name: input, type }) => `  ${input}: ${type}`),
    'outputs:',
    `  ${last.step.name}: ${output}`,
    'graph:',
    ...texts.map((each) => `  ${each}`),
    '',
  ].join(end);
  const wires =
    inputs.length === 1
      ? inputs[0]!.source
      : `{ ${inputs.map((port) => `${port.name}: ${port.source}`).join(', ')} }`;
  const settings =
    params.length > 0 ? `, params: { ${params.map((param) => `${param}: $${param}`).join(', ')} }` : '';
  const node = `${last.step.name}: { module: ${name}@^0.1.0, in: ${wires}${settings} }`;
  const edits = chosen.map(({ step }) =>
    step === last.step
      ? { file: source.file, range: step.range, text: node }
      : { file: source.file, ...removeEntry(source.tree, graph, step.entry) },
  );
  const title = chosen.length === 1 ? 'Make this node a brick' : `Make these ${chosen.length} nodes a brick`;
  return [{ title, kind: 'extract', edits, create: { file, text } }];
}

/** The one node that others, or the brick's outputs, read; it has one value. */
function onlyResult(chosen: InferredStep[], { graph, module }: ModuleInference): InferredStep | undefined {
  const names = new Set(chosen.map(({ step }) => step.name));
  const read = new Set<string>();
  for (const { step } of graph.steps.values()) {
    if (names.has(step.name)) continue;
    for (const { reference } of step.wires) if (names.has(reference.owner)) read.add(reference.owner);
  }
  for (const name of names) if (module.outputs.has(name)) read.add(name);
  const points = [...module.extensionPoints.values()].some(({ at }) => at && names.has(at.value));
  const [only] = read;
  const result = chosen.find(({ step }) => step.name === only);
  return read.size === 1 && !points && result?.outputs.size === 1 ? result : undefined;
}

/** What the nodes read from outside; undefined where a type is not known. */
function inputsOf(chosen: InferredStep[], { graph }: ModuleInference): Port[] | undefined {
  const names = new Set(chosen.map(({ step }) => step.name));
  const ports = new Map<string, Port>();
  for (const { wires } of chosen) {
    for (const { wire, target } of wires) {
      const { owner, port } = wire.reference;
      if (names.has(owner)) continue;
      if (target.status !== 'found' || !target.type) return undefined;
      const type = printed(printType(graph.solver.resolveType(target.type), (symbol) => symbol));
      if (type === undefined) return undefined;
      const source = port === undefined ? owner : `${owner}.${port}`;
      ports.set(source, { name: source.replace('.', '_'), source, type });
    }
  }
  return [...ports.values()];
}

function typeOf(step: InferredStep, { graph }: ModuleInference): string | undefined {
  const [type] = [...step.outputs.values()];
  return type && printed(printType(graph.solver.resolveType(type), (symbol) => symbol));
}

/** A size of a node's own has no name that could be written. */
function printed(type: string): string | undefined {
  return type.includes(':') ? undefined : type;
}

function freeName(wanted: string, files: Files): string {
  const taken = new Set(files.files().map((file) => files.source(file)?.declaration?.name?.value));
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    if (!taken.has(name)) return name;
  }
}

/** An entry as it stands in a section of its own, two blanks in; its first line without them. */
function dedented(text: string, column: number): string {
  return text.replaceAll(new RegExp(`(\\r\\n|\\n) {${Math.max(0, column - 2)}}`, 'g'), '$1');
}

/** Params that a text names, in their order. */
function paramsOf(text: string, { module }: ModuleInference): string[] {
  const words = new Set(text.match(/[A-Za-z_]\w*/g));
  const used = new Set(text.match(/\$[A-Za-z_]\w*/g));
  return [...module.params.values()]
    .filter(({ name, type }) => used.has(`$${name}`) || (type === 'int' && words.has(name)))
    .map(({ name }) => name);
}

function paramText(name: string, { module }: ModuleInference, text: string): string {
  const section = asMap(get(module.root, 'params'));
  const { start, end }: Range = section!.entries.find(({ key }) => key.value === name)!.range;
  return dedented(text.slice(start, end), columnOf(text, start));
}

/** The node's text; wires to `owner.port` lead to an input of one word. */
function renamed(text: string, { wires, range }: Step, inputs: Port[]): string {
  const edits = wires.flatMap(({ reference, range: at }) => {
    const source = `${reference.owner}.${reference.port}`;
    const port = reference.port === undefined ? undefined : inputs.find((each) => each.source === source);
    return port
      ? [{ range: { start: at.start - range.start, end: at.end - range.start }, text: port.name }]
      : [];
  });
  const changed = applyEdits(text.slice(range.start, range.end), edits);
  return dedented(changed, columnOf(text, range.start));
}
