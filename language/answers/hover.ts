import type { Gradual } from '../gradual';
import { type InferredStep, inputNames } from '../inference/graph';
import { writtenAt } from '../names/layers';
import type { Cost, ModelCost } from '../plan/cost';
import type { Analysis } from '../rules/rule';
import { kindOf, schemaAt } from '../schema/at';
import type { Kind } from '../schema/schemas';
import { type Cursor, nodeAt } from '../syntax/cursor';
import type { Tree } from '../syntax/tree';
import { printType, type TensorType } from '../types/type';
import type { Hover } from './answers';
import { counting, countOf, modelCost, shownCount, stepCount, withDefaults } from './count';
import { occurrenceAt } from './definition';
import type { Meaning } from './occurrences';
import { type SizeFact, sizeFacts } from './sizes';
import {
  attributeText,
  code,
  columnText,
  datasetText,
  lossText,
  modelText,
  moduleText,
  opText,
  paragraphs,
  paramText,
  typeLine,
} from './texts';

export function* hoverAt(analysis: Analysis, offset: number): Gradual<Hover | undefined> {
  const named = occurrenceAt(analysis, offset);
  if (named) {
    const { meaning, range } = named;
    if (meaning.kind === 'module' && meaning.module.file === analysis.source.file) yield* counting(analysis);
    return { range, markdown: describe(meaning, analysis), facts: factsOf(meaning, analysis) };
  }
  const { tree } = analysis.source;
  const cursor = nodeAt(tree, offset);
  const kind = kindOf(tree);
  if (cursor?.slot === 'value') return kind && wordHover(kind, cursor, tree);
  if (!cursor?.entry) return undefined;
  const path = [...cursor.path, String(cursor.entry.key.value)];
  const text = kind && schemaAt(kind, path, tree)?.description;
  const isTraining = ['train', 'train.batch', 'train.optimizer'].includes(path.join('.'));
  const cost = isTraining ? modelCost(analysis) : undefined;
  const markdown = paragraphs(text, cost && memoryText(cost));
  return markdown === '' ? undefined : { range: cursor.entry.key.range, markdown };
}

/** A word of the format, such as the type of a column. */
function wordHover(kind: Kind, { node, path }: Cursor, tree: Tree): Hover | undefined {
  if (node?.kind !== 'scalar') return undefined;
  const known = schemaAt(kind, path, tree);
  if (!known?.values.includes(node.value)) return undefined;
  // Where only this word may stand, it says which form the map around it has.
  const form = known.values.length === 1 ? schemaAt(kind, path.slice(0, -1), tree)?.description : undefined;
  const name = `**${String(node.value)}**${form ? `: ${form}` : ''}`;
  return { range: node.range, markdown: paragraphs(name, known.description) };
}

function describe(meaning: Meaning, analysis: Analysis): string {
  switch (meaning.kind) {
    case 'module': {
      const { parameters } = countOf(analysis, meaning.module);
      const counted = withDefaults(parameters, meaning.module);
      const defaults = meaning.module.params.size > 0 ? ', with its defaults' : '';
      return moduleText(meaning.module, counted && `${shownCount(counted)} parameters${defaults}`);
    }
    case 'dataset':
      return datasetText(meaning.dataset);
    case 'model': {
      const own = meaning.model.file === analysis.source.file ? modelCost(analysis) : undefined;
      return paragraphs(modelText(meaning.model), own && costText(own), own && memoryText(own));
    }
    case 'op':
      return opText(meaning.op);
    case 'attribute':
      return attributeText(meaning.op, meaning.name);
    case 'param':
      return paramText(meaning.module, meaning.name);
    case 'port': {
      const { direction, module, port, type } = meaning;
      const here = shownType(type, analysis) ?? port.text;
      return paragraphs(
        typeLine(port.name, here),
        `${direction} of \`${module.name?.value ?? 'this brick'}\``,
        here === port.text ? undefined : `declared as \`${port.text}\``,
        port.deprecated && `*deprecated: ${port.deprecated.value}*`,
      );
    }
    case 'value': {
      const shown = shownType(meaning.type, analysis);
      return shown ? typeLine(meaning.name, shown) : `\`${meaning.name}\`: its type is not known`;
    }
    case 'step':
      return stepText(meaning.inferred, analysis);
    case 'alias':
      return meaning.dataset ? datasetText(meaning.dataset) : `dataset \`${meaning.alias}\``;
    case 'column': {
      const column = meaning.dataset.columns.get(meaning.name)!;
      return paragraphs(`**${column.name}** of \`${meaning.dataset.name?.value}\``, columnText(column));
    }
    case 'loss':
      return lossText(meaning.loss);
    case 'metric':
      return paragraphs(
        `**${meaning.metric.name}** (metric): ${meaning.metric.summary}`,
        meaning.metric.doc,
        `${meaning.metric.better} is better`,
      );
    case 'task':
      return `task \`${meaning.name}\``;
    case 'point': {
      const point = meaning.module.extensionPoints.get(meaning.name);
      return `extension point \`${meaning.name}\` of \`${meaning.module.name?.value}\`${point?.at ? `, after \`${point.at.value}\`` : ''}`;
    }
    case 'size':
      return `size \`${meaning.name}\`: the same number wherever it stands in this brick; each use of the brick has its own`;
  }
}

function shownType(type: TensorType | undefined, { inference }: Analysis): string | undefined {
  return type && printType(inference?.graph.solver.resolveType(type) ?? type);
}

function factsOf(meaning: Meaning, { inference, declaration }: Analysis): SizeFact[] {
  if (!inference) return [];
  const types =
    meaning.kind === 'port' || meaning.kind === 'value'
      ? [meaning.type]
      : meaning.kind === 'step'
        ? [...meaning.inferred.outputs.values()]
        : [];
  const all = types.flatMap((type) => sizeFacts(type, inference.graph.solver));
  const facts = [...new Map(all.map((fact) => [fact.text, fact])).values()];
  if (declaration?.kind !== 'model') return facts;
  return facts.map((fact) =>
    fact.file === declaration.file ? { text: fact.text, ...writtenAt(declaration, fact.range) } : fact,
  );
}

function stepText(inferred: InferredStep, analysis: Analysis): string {
  const { step, target, outputs } = inferred;
  const lines = [...outputs].map(([port, type]) => {
    const label = outputs.size === 1 && target.kind === 'op' ? step.name : `${step.name}.${port}`;
    return `${label}: ${shownType(type, analysis) ?? 'not known'}`;
  });
  const inputs = inputNames(target);
  return paragraphs(
    lines.length > 0 ? code(lines.join('\n')) : undefined,
    target.kind === 'op' ? `op \`${target.op.name}\`: ${target.op.summary}` : undefined,
    target.kind === 'module'
      ? `\`${target.module.name?.value}\` ${target.module.version?.value ?? ''}${target.module.summary ? `: ${target.module.summary}` : ''}`
      : undefined,
    step.share && inferred.owner !== step
      ? `shares the brick and the weights of \`${step.share.value}\``
      : undefined,
    stepCostText(inferred, analysis),
    inputs && inputs.length > 1 ? `inputs: ${inputs.map((name) => `\`${name}\``).join(', ')}` : undefined,
  );
}

function stepCostText(inferred: InferredStep, analysis: Analysis): string | undefined {
  const { inference } = analysis;
  if (inference?.kind === 'model') {
    const cost = modelCost(analysis)?.parts.get(inferred.step.name);
    return cost && costText(cost);
  }
  if (inference?.kind !== 'module') return undefined;
  const { parameters, flops } = stepCount(analysis, inference, inferred);
  const texts = [
    parameters && parameters.constant !== 0 ? `${shownCount(parameters)} parameters` : '',
    flops && flops.constant !== 0 ? `${shownCount(flops)} FLOPs per batch` : '',
  ].filter(Boolean);
  return texts.join(' · ');
}

/** `1,600 parameters, all trainable · 24,600 FLOPs per example` */
function costText({ parameters, trainable, flops }: Cost): string {
  const texts = [];
  if (parameters !== undefined && parameters > 0) {
    const share =
      trainable === undefined
        ? ''
        : trainable === parameters
          ? ', all trainable'
          : trainable === 0
            ? ', all frozen'
            : `, ${trainable.toLocaleString('en')} trainable`;
    texts.push(`${parameters.toLocaleString('en')} parameters${share}`);
  }
  if (flops !== undefined && flops > 0)
    texts.push(`${flops.toLocaleString('en', { maximumFractionDigits: 0 })} FLOPs per example`);
  return texts.join(' · ');
}

function memoryText({ memory, batch, optimizer }: ModelCost): string | undefined {
  if (!memory) return undefined;
  const rows = [
    ['weights', memory.weights],
    ['gradients', memory.gradients],
    [`optimizer (${optimizer})`, memory.optimizer],
    ['activations kept', memory.activations],
  ] as const;
  return `Training with batch ${batch} holds about **${megabytes(memory.total)}**:\n\n${rows
    .map(([name, bytes]) => `- ${name}: ${megabytes(bytes)}`)
    .join('\n')}`;
}

function megabytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toLocaleString('en', { maximumSignificantDigits: 3 })} ${units[unit]}`;
}
