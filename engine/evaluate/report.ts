import type { Plan, PlanEvaluate, PlanTask } from '../../language/plan/format';
import type { Metrics, Report, TaskReport } from '../../protocol/generated/run-event';
import { flatMetrics } from '../../protocol/runs/fold';
import { decodeNumber, encodeNumber } from '../../protocol/runs/numbers';
import type { PreparedSplit } from '../data/prepared';
import { slicesAsked } from '../data/slices';
import { measure } from './metrics/metrics';
import { confusionOf, entriesOf, type Outcome, outcomeAt } from './outcome';

/** What one task came to on one split. */
export interface TaskOutcome {
  task: PlanTask;
  outcome: Outcome;
  /** Mean loss over the split. */
  loss: number;
  /** The split that the task's dataset was evaluated on. */
  split: PreparedSplit;
}

export function makeReport(plan: Plan, split: string, outcomes: TaskOutcome[]): Report {
  const report: Report = { split, tasks: {}, requirements: [] };
  for (const each of outcomes) report.tasks[each.task.name] = taskReport(plan, each);
  report.requirements = requirementResults(plan.evaluate, report);
  return report;
}

/** The task's own metrics in the order that it names them, then its loss. */
export function taskMetrics(task: PlanTask, outcome: Outcome, loss: number): Metrics {
  return { ...namedMetrics(task, outcome, loss), loss: encodeNumber(loss) };
}

/** The loss of a slice is not known. */
function namedMetrics(task: PlanTask, outcome: Outcome, loss?: number): Metrics {
  return Object.fromEntries(task.metrics.map((name) => [name, encodeNumber(measure(name, outcome, loss))]));
}

/** A larger table of confusions is nothing to look at. */
const MOST_CLASSES = 100;

function taskReport(plan: Plan, { task, outcome, loss, split }: TaskOutcome): TaskReport {
  const report: TaskReport = { metrics: taskMetrics(task, outcome, loss), examples: split.rows };
  if (outcome.kind === 'classes' && outcome.count <= MOST_CLASSES) {
    const labels = Array.from({ length: outcome.count }, (_, i) => task.labels?.[i] ?? String(i));
    report.confusion = { labels, counts: confusionOf(outcome) };
  }
  // Rows that were left out, or sequences, have no one entry per row to slice by.
  if (entriesOf(outcome) === split.rows) {
    const slices = Object.fromEntries(
      slicesAsked(plan.evaluate).flatMap((id) => {
        const slice = split.slices[id];
        return slice ? [[id, sliceReports(task, outcome, slice)]] : [];
      }),
    );
    if (Object.keys(slices).length > 0) report.slices = slices;
  }
  return report;
}

function sliceReports(
  task: PlanTask,
  outcome: Outcome,
  slice: PreparedSplit['slices'][string],
): NonNullable<TaskReport['slices']>[string] {
  return Object.fromEntries(
    slice.names.map((name, group) => {
      const rows = Array.from(slice.groups.keys()).filter((row) => slice.groups[row] === group);
      return [name, { metrics: namedMetrics(task, outcomeAt(outcome, rows)), examples: rows.length }];
    }),
  );
}

const COMPARISONS: Record<
  PlanEvaluate['require'][number]['comparison'],
  (actual: number, required: number) => boolean
> = {
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
};

/** A metric that was not measured, or is NaN, meets no requirement. By slice the worst group decides. */
function requirementResults({ require }: PlanEvaluate, report: Report): Report['requirements'] {
  const metrics = flatMetrics(report);
  return require.map(({ metric, slice, comparison, value }) => {
    const meets = (actual: Metrics[string]) => COMPARISONS[comparison](decodeNumber(actual), value);
    const bound = { metric, comparison, required: value };
    if (slice === undefined) {
      const actual = metrics[metric] ?? 'NaN';
      return { ...bound, actual, met: meets(actual) };
    }
    const [group, actual] = worstGroup(report, metric, slice, comparison) ?? [undefined, 'NaN' as const];
    return { ...bound, slice, ...(group === undefined ? {} : { group }), actual, met: meets(actual) };
  });
}

/** Undefined where the slice was not measured. */
function worstGroup(
  { tasks }: Report,
  metric: string,
  slice: string,
  comparison: string,
): [group: string, actual: Metrics[string]] | undefined {
  const [task, name] = [metric.slice(0, metric.indexOf('.')), metric.slice(metric.indexOf('.') + 1)];
  const groups = Object.entries(tasks[task]?.slices?.[slice] ?? {}).map(
    ([group, { metrics }]): [string, Metrics[string]] => [group, metrics[name] ?? 'NaN'],
  );
  const direction = comparison.startsWith('>') ? 1 : -1;
  const badness = (actual: Metrics[string]) => {
    const number = decodeNumber(actual);
    return Number.isNaN(number) ? Number.NEGATIVE_INFINITY : direction * number;
  };
  return groups.sort(([, a], [, b]) => badness(a) - badness(b))[0];
}
