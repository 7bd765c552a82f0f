import { datasetsBehind } from '../inference/behind';
import type { ModelInference } from '../inference/model';
import { parseBound } from '../names/bounds';
import { metricNamed } from '../ops/metrics';
import { asText, entriesOf, get, keyOf } from '../syntax/path';
import type { Entry } from '../syntax/tree';
import { type Analysis, type Report, type Rule, respell } from './rule';

export const requirementImpossible: Rule = {
  id: 'requirement-impossible',
  group: 'tasks',
  severity: 'warning',
  after: ['unknown-measure'],
  summary: 'A requirement that no model can meet, or that every model meets.',
  why: 'Such a bound is most often a share written as a percentage, and it says nothing about the model.',
  check(analysis, report) {
    const { inference, declaration } = analysis;
    if (declaration?.kind === 'module')
      for (const entry of entriesOf(get(declaration.root, 'guarantees'))) checkBound(entry, analysis, report);
    if (inference?.kind !== 'model') return;
    for (const entry of entriesOf(get(inference.model.evaluate, 'require'))) {
      if (entry.value?.kind !== 'map') checkBound(entry, analysis, report);
      for (const inner of entriesOf(entry.value)) {
        const missed = unmeasured(inference, keyOf(inner), keyOf(entry));
        if (missed) report({ range: inner.key.range, message: `No model can meet this: ${missed}` });
        else checkBound(inner, analysis, report);
      }
    }
  },
};

function checkBound({ key, value }: Entry, analysis: Analysis, report: (found: Report) => void): void {
  const metric = String(key.value).split('.').at(-1)!;
  const { least, greatest } = metricNamed(metric)?.range ?? {};
  const bound = parseBound(asText(value) ?? '');
  if (!value || !bound) return;
  const verdict = judge(bound.comparison, bound.value, least, greatest);
  if (!verdict) return;
  const range = [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(greatest === undefined ? [] : [`at most ${greatest}`]),
  ];
  report({
    range: value.range,
    message: `${verdict} can meet \`${bound.comparison} ${bound.written}\`: \`${metric}\` is ${range.join(' and ')}`,
    // A percentage.
    propose: () =>
      greatest === 1 && bound.value > 1 && bound.value <= 100
        ? [respell(analysis, value.range, `"${bound.comparison} ${bound.value / 100}"`)]
        : [],
  });
}

/** Why a task is not measured on the values of a column; undefined where it is, or where that is not known. */
function unmeasured(
  { tasks, graph, data }: ModelInference,
  measure: string,
  slice: string,
): string | undefined {
  const [dataset = ''] = slice.split('.');
  const name = measure.slice(0, measure.lastIndexOf('.'));
  const task = tasks.find((each) => each.task.name === name)?.task;
  if (!task?.output || !data.has(dataset)) return undefined;
  const behind = datasetsBehind(task.output.reference.owner, graph, data);
  if (behind.size === 0 || behind.has(dataset)) return undefined;
  return `\`${name}\` is made from ${[...behind].map((each) => `\`${each}\``).join(' and ')}, not from \`${dataset}\``;
}

function judge(
  comparison: string,
  value: number,
  least = Number.NEGATIVE_INFINITY,
  greatest = Number.POSITIVE_INFINITY,
): string | undefined {
  const none: Record<string, boolean> = {
    '>=': value > greatest,
    '>': value >= greatest,
    '<=': value < least,
    '<': value <= least,
  };
  const every: Record<string, boolean> = {
    '>=': value <= least,
    '>': value < least,
    '<=': value >= greatest,
    '<': value > greatest,
  };
  return none[comparison] ? 'No model' : every[comparison] ? 'Every model' : undefined;
}
