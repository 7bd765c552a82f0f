import { type InferredStep, inputNames } from '../inference/graph';
import type { Column, DatasetDeclaration, ModuleDeclaration } from '../names/declarations';
import type { Op } from '../ops/op';
import type { Analysis } from '../rules/rule';
import { kindOf, schemaAt } from '../schema/at';
import { nodeAt } from '../syntax/cursor';
import { asScalar, asText, get } from '../syntax/path';
import { Dim } from '../types/dim';
import { printType, type TensorType } from '../types/type';
import type { Hover } from './answers';
import { occurrenceAt } from './definition';
import type { Meaning } from './occurrences';

export function hoverAt(analysis: Analysis, offset: number): Hover | undefined {
  const named = occurrenceAt(analysis, offset);
  if (named) return { range: named.range, markdown: describe(named.meaning, analysis) };
  const cursor = nodeAt(analysis.source.tree, offset);
  if (cursor?.slot !== 'key' || !cursor.entry) return undefined;
  const { tree } = analysis.source;
  const kind = kindOf(tree);
  const text = kind && schemaAt(kind, [...cursor.path, String(cursor.entry.key.value)], tree)?.description;
  return text === undefined ? undefined : { range: cursor.entry.key.range, markdown: text };
}

function describe(meaning: Meaning, analysis: Analysis): string {
  const resolved = (type: TensorType | undefined) =>
    type && analysis.inference?.graph.solver.resolveType(type);
  switch (meaning.kind) {
    case 'module':
      return moduleText(meaning.module);
    case 'dataset':
      return datasetText(meaning.dataset);
    case 'op':
      return opText(meaning.op);
    case 'attribute':
      return attributeText(meaning.op, meaning.name);
    case 'param':
      return paramText(meaning.module, meaning.name);
    case 'port': {
      const { direction, module, port, type } = meaning;
      const shown = resolved(type);
      const here = shown && printType(shown);
      const declared = here === port.text ? '' : `\n\ndeclared as \`${port.text}\``;
      return `${typeLine(port.name, here ?? port.text)}\n\n${direction} of \`${module.name?.value ?? 'this brick'}\`${declared}`;
    }
    case 'value': {
      const shown = resolved(meaning.type);
      return shown ? typeLine(meaning.name, printType(shown)) : `\`${meaning.name}\`: its type is not known`;
    }
    case 'step':
      return stepText(meaning.inferred, analysis);
    case 'alias':
      return meaning.dataset ? datasetText(meaning.dataset) : `dataset \`${meaning.alias}\``;
    case 'column': {
      const column = meaning.dataset.columns.get(meaning.name);
      return column
        ? `**${column.name}** of \`${meaning.dataset.name?.value}\`\n\n${columnText(column)}`
        : meaning.name;
    }
    case 'task':
      return `task \`${meaning.name}\``;
    case 'model':
      return `**${meaning.model.name?.value}** ${meaning.model.version?.value ?? ''} (composition)`;
    case 'point':
      return `extension point \`${meaning.name}\` of \`${meaning.module.name?.value}\``;
    case 'size':
      return `size \`${meaning.name}\`: the same number wherever it stands in this brick; each use of the brick has its own`;
  }
}

function typeLine(name: string, type: string): string {
  return code(`${name}: ${type}`);
}

function code(text: string): string {
  return `\`\`\`brique\n${text}\n\`\`\``;
}

function moduleText(module: ModuleDeclaration): string {
  const lines = [`**${module.name?.value ?? 'brick'}** ${module.version?.value ?? ''}`.trim()];
  if (module.deprecated) lines.push(`*deprecated: ${module.deprecated.value}*`);
  if (module.summary) lines.push(module.summary);
  const ports = [
    ...[...module.inputs.values()].map((port) => `${port.name}: ${port.text}`),
    ...[...module.outputs.values()].map((port) => `→ ${port.name}: ${port.text}`),
  ];
  if (ports.length > 0) lines.push(code(ports.join('\n')));
  const params = [...module.params.values()].map(
    (param) =>
      `- \`${param.name}\` ${param.type}${shownDefault(param.default)}${param.doc ? `: ${param.doc}` : ''}`,
  );
  if (params.length > 0) lines.push(params.join('\n'));
  return lines.join('\n\n');
}

function shownDefault(
  node: ModuleDeclaration['params'] extends Map<string, infer P>
    ? P extends { default: infer D }
      ? D
      : never
    : never,
): string {
  const value = asScalar(node)?.value;
  return value === undefined || value === null ? ', required' : ` = ${value}`;
}

function paramText(module: ModuleDeclaration, name: string): string {
  const param = module.params.get(name);
  if (!param) return `\`${name}\``;
  const bounds = [
    param.min === undefined ? '' : `at least ${param.min}`,
    param.max === undefined ? '' : `at most ${param.max}`,
  ].filter(Boolean);
  const lines = [
    `**${name}**: ${param.type}${shownDefault(param.default)}`,
    param.doc,
    bounds.join(', '),
    `parameter of \`${module.name?.value ?? 'this brick'}\``,
  ];
  return lines.filter(Boolean).join('\n\n');
}

function opText(op: Op): string {
  const attributes = Object.entries(op.attributes).map(
    ([name, attribute]) =>
      `- \`${name}\` ${attribute.type}${attribute.default === undefined ? (attribute.required ? ', required' : '') : ` = ${attribute.default}`}: ${attribute.doc}`,
  );
  return [`**${op.name}** (op): ${op.summary}`, op.doc, attributes.join('\n')].filter(Boolean).join('\n\n');
}

function attributeText(op: Op, name: string): string {
  const attribute = op.attributes[name]!;
  const values = attribute.values
    ? `\n\none of ${attribute.values.map((value) => `\`${value}\``).join(', ')}`
    : '';
  const otherwise = attribute.default === undefined ? '' : ` = ${attribute.default}`;
  return `**${name}**: ${attribute.type}${otherwise}\n\n${attribute.doc}${values}\n\nattribute of \`${op.name}\``;
}

function datasetText(dataset: DatasetDeclaration): string {
  const columns = [...dataset.columns.values()].map(
    (column) => `- \`${column.name}\`: ${columnText(column)}`,
  );
  return [
    `**${dataset.name?.value ?? 'dataset'}** ${dataset.version?.value ?? ''}`.trim(),
    dataset.summary,
    columns.join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

export function columnText(column: Column): string {
  const labels = column.labels ? ` (${column.labels.map((label) => label.name).join(', ')})` : '';
  const doc = asText(get(column.entry.value, 'doc'));
  return `${column.type}${labels}${doc ? `, ${doc}` : ''}`;
}

function stepText(inferred: InferredStep, analysis: Analysis): string {
  const { step, target, outputs } = inferred;
  const { solver } = analysis.inference!.graph;
  const lines = [...outputs].map(([port, type]) => {
    const label = outputs.size === 1 && target.kind === 'op' ? step.name : `${step.name}.${port}`;
    return `${label}: ${type ? printType(solver.resolveType(type)) : 'not known'}`;
  });
  const what =
    target.kind === 'op'
      ? `op \`${target.op.name}\`: ${target.op.summary}`
      : target.kind === 'module'
        ? moduleLine(target.module)
        : '';
  const parameters = parameterCount(inferred, analysis);
  const texts = [lines.length > 0 ? code(lines.join('\n')) : '', what];
  if (parameters !== undefined && parameters !== '0') texts.push(`${parameters} parameters`);
  const inputs = inputNames(target);
  if (inputs && inputs.length > 1) texts.push(`inputs: ${inputs.map((name) => `\`${name}\``).join(', ')}`);
  return texts.filter(Boolean).join('\n\n');
}

function moduleLine(module: ModuleDeclaration): string {
  return `\`${module.name?.value}\` ${module.version?.value ?? ''}${module.summary ? `: ${module.summary}` : ''}`;
}

/** Of an op inside a brick, in its symbols; of a part, the number. */
function parameterCount({ step, weights, target }: InferredStep, analysis: Analysis): string | undefined {
  const sizes =
    target.kind === 'op'
      ? weights.map((weight) => weight.dims)
      : (analysis.flat()?.nodes ?? [])
          .filter((node) => node.part === step.name)
          .flatMap((node) => node.weights.map((weight) => weight.dims));
  const total = sizes
    .map((dims) => dims.reduce((all, dim) => all.times(dim), Dim.of(1)))
    .reduce((all, size) => all.plus(size), Dim.of(0));
  return total.constant === undefined ? total.toString() : total.constant.toLocaleString('en');
}
