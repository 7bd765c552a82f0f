/** Bricks, ops, params and columns as hover and completion describe them, in Markdown. */
import type {
  Column,
  DatasetDeclaration,
  ModelDeclaration,
  ModuleDeclaration,
  Param,
} from '../names/declarations';
import type { Loss } from '../ops/losses';
import type { Op, OpAttribute } from '../ops/op';
import { asText, get, itemsOf } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';

export function typeLine(name: string, type: string): string {
  return code(`${name}: ${type}`);
}

export function code(text: string): string {
  return `\`\`\`brique\n${text}\n\`\`\``;
}

/** `count` comes before what is long. */
export function moduleText(module: ModuleDeclaration, count?: string): string {
  const ports = [
    ...[...module.inputs.values()].map((port) => `${port.name}: ${port.text}`),
    ...[...module.outputs.values()].map((port) => `→ ${port.name}: ${port.text}`),
  ];
  const params = [...module.params.values()].map(
    (param) => `- \`${param.name}\` ${param.type}${defaultText(param)}${param.doc ? `: ${param.doc}` : ''}`,
  );
  return paragraphs(
    heading(module),
    module.deprecated && `*deprecated: ${module.deprecated.value}*`,
    module.summary,
    ports.length > 0 ? code(ports.join('\n')) : undefined,
    params.join('\n'),
    count,
    module.code && `written in ${module.code.language}: \`${module.code.at.value}\``,
    cardText(module),
  );
}

/** What people need to know before they use it. */
function cardText({ root }: ModuleDeclaration): string | undefined {
  const card = get(root, 'card');
  const lines = [
    ['intended_use', 'Intended use'],
    ['training_data', 'Training data'],
    ['limitations', 'Limitations'],
  ].flatMap(([key, title]) => {
    const text = asText(get(card, key!));
    return text ? [`**${title}**: ${text.trim()}`] : [];
  });
  return lines.length > 0 ? lines.join('\n\n') : undefined;
}

export function datasetText(dataset: DatasetDeclaration): string {
  const columns = [...dataset.columns.values()].map(
    (column) => `- \`${column.name}\`: ${columnText(column)}`,
  );
  return paragraphs(heading(dataset), dataset.summary, columns.join('\n'));
}

export function modelText(model: ModelDeclaration): string {
  return paragraphs(heading(model), model.summary);
}

function heading({ name, version, kind }: ModuleDeclaration | DatasetDeclaration | ModelDeclaration): string {
  const what = { module: 'brick', dataset: 'dataset', model: 'composition' }[kind];
  return `**${name?.value ?? what}** ${version?.value ?? ''} (${what})`.replace('  ', ' ');
}

export function paramText(module: ModuleDeclaration, name: string): string {
  const param = module.params.get(name);
  if (!param) return `\`${name}\``;
  const bounds = [
    param.min === undefined ? '' : `at least ${param.min}`,
    param.max === undefined ? '' : `at most ${param.max}`,
    param.values ? `one of ${param.values.map((value) => `\`${value}\``).join(', ')}` : '',
  ].filter(Boolean);
  return paragraphs(
    `**${name}**: ${param.type}${defaultText(param)}`,
    param.deprecated && `*deprecated: ${param.deprecated.value}*`,
    param.doc,
    bounds.join(', '),
    `param of \`${module.name?.value ?? 'this brick'}\``,
  );
}

export function defaultText({ default: node }: Param): string {
  const text = written(node);
  return text === undefined ? ', required' : ` = ${text}`;
}

function written(node: TreeNode | undefined): string | undefined {
  if (node?.kind === 'scalar') return node.value === null ? undefined : String(node.value);
  return node?.kind === 'sequence' ? `[${itemsOf(node).map(written).join(', ')}]` : undefined;
}

export function opText(op: Op): string {
  const inputs = op.inputs.map(
    ({ name, doc, optional, variadic }) =>
      `- \`${name}\`${optional ? ', optional' : ''}${variadic ? ', any number' : ''}: ${doc}`,
  );
  const attributes = Object.entries(op.attributes).map(
    ([name, attribute]) => `- \`${name}\` ${attributeType(attribute)}: ${attribute.doc}`,
  );
  return paragraphs(
    `**${op.name}** (op): ${op.summary}`,
    op.doc,
    inputs.length > 0 ? `Inputs:\n\n${inputs.join('\n')}` : '',
    attributes.length > 0 ? `Attributes:\n\n${attributes.join('\n')}` : '',
  );
}

export function lossText({ name, summary, doc, options, metrics }: Loss): string {
  const settings = Object.entries(options).map(
    ([option, attribute]) => `- \`${option}\` ${attributeType(attribute)}: ${attribute.doc}`,
  );
  return paragraphs(
    `**${name}** (loss): ${summary}`,
    doc,
    settings.length > 0 ? `Settings:\n\n${settings.join('\n')}` : '',
    `metrics that fit: ${metrics.map((metric) => `\`${metric}\``).join(', ')}`,
  );
}

export function attributeType({ type, default: otherwise, required }: OpAttribute): string {
  if (otherwise !== undefined) return `${type} = ${otherwise}`;
  return required ? `${type}, required` : type;
}

export function attributeText(op: Op, name: string): string {
  const attribute = op.attributes[name]!;
  return paragraphs(
    `**${name}**: ${attributeType(attribute)}`,
    attribute.doc,
    attribute.values && `one of ${attribute.values.map((value) => `\`${value}\``).join(', ')}`,
    `attribute of \`${op.name}\``,
  );
}

export function columnText(column: Column): string {
  const labels = column.labels ? ` (${column.labels.map((label) => label.name).join(', ')})` : '';
  const doc = asText(get(column.entry.value, 'doc'));
  return `${column.type}${labels}${doc ? `, ${doc}` : ''}`;
}

export function paragraphs(...texts: (string | undefined)[]): string {
  return texts.filter(Boolean).join('\n\n');
}
