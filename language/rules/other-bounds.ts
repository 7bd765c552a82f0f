/** Bounds of measures that are written otherwise than as `">= 0.75"`. */
import { parseBound } from '../names/bounds';
import { metricNamed } from '../ops/metrics';
import { asScalar, asText, entriesOf, itemsOf, keyOf } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';
import type { Analysis } from './rule';

/** The bound of one measure, in quotes; undefined where nobody can tell what is meant. */
export function otherBound(node: TreeNode, measure: string): string | undefined {
  if (node.kind === 'map') return fromLimit(node);
  const written = String(asScalar(node)?.value ?? '').trim();
  const [, comparison = '', number = '', percent] =
    /^(\D*?)\s*([-+]?[\d.]+(?:e[-+]?\d+)?)\s*(%?)$/i.exec(written) ?? [];
  const better = isLowerBetter(measure) ? '<=' : '>=';
  const sign = comparison === '' ? better : signs[comparison.toLowerCase()];
  return sign && bound(sign, percent ? String(Number(number) / 100) : number);
}

/** `{ min: 0.8 }`. */
function fromLimit(node: TreeNode): string | undefined {
  const [entry, ...others] = entriesOf(node);
  const sign = entry && others.length === 0 ? limits[keyOf(entry).toLowerCase()] : undefined;
  return sign && bound(sign, asScalar(entry?.value)?.raw ?? '');
}

function bound(sign: string, number: string): string | undefined {
  return parseBound(`${sign} ${number}`) ? `"${sign} ${number}"` : undefined;
}

const signs: Readonly<Record<string, string>> = {
  '>=': '>=',
  '<=': '<=',
  '>': '>',
  '<': '<',
  '=>': '>=',
  '=<': '<=',
  '≥': '>=',
  '≤': '<=',
  'at least': '>=',
  'at most': '<=',
  above: '>',
  over: '>',
  below: '<',
  under: '<',
};

const limits: Readonly<Record<string, string>> = {
  min: '>=',
  minimum: '>=',
  at_least: '>=',
  gte: '>=',
  gt: '>',
  max: '<=',
  maximum: '<=',
  at_most: '<=',
  lte: '<=',
  lt: '<',
};

function isLowerBetter(measure: string): boolean {
  const name = measure.split('.').at(-1)!;
  return name === 'loss' || metricNamed(name)?.better === 'lower';
}

/** All of `require`: a number for the only measure that there is, or comparisons as text. */
export function otherBounds(node: TreeNode, inference: Analysis['inference']): string | undefined {
  const only = typeof asScalar(node)?.value === 'number' ? onlyMeasure(inference) : undefined;
  const parts = only
    ? [[only, otherBound(node, only)]]
    : (node.kind === 'sequence' ? itemsOf(node) : [node]).map(comparisonIn);
  const entries = parts.map(([measure, text]) => (measure && text ? `${measure}: ${text}` : undefined));
  return entries.length > 0 && entries.every((entry) => entry !== undefined)
    ? `{ ${entries.join(', ')} }`
    : undefined;
}

/** `answer.accuracy >= 0.8`. */
function comparisonIn(node: TreeNode): [measure?: string, bound?: string | undefined] {
  const [, measure, sign = '', number = ''] =
    /^([\w.]+)\s*(>=|<=|=>|=<|>|<|≥|≤)\s*(\S+)$/.exec(asText(node)?.trim() ?? '') ?? [];
  const meant = signs[sign];
  return measure && meant ? [measure, bound(meant, number)] : [];
}

function onlyMeasure(inference: Analysis['inference']): string | undefined {
  const tasks = inference?.kind === 'model' ? inference.tasks : [];
  const measures = tasks.flatMap(({ task }) => task.metrics.map(({ value }) => `${task.name}.${value}`));
  return measures.length === 1 ? measures[0] : undefined;
}
