/** What a run came to, for people and for programs. */
import { relative } from 'node:path';
import type { Report } from '../protocol/generated/run-event';
import type { RunState } from '../protocol/runs/fold';
import { countText, durationText, statusText, valueText } from '../protocol/runs/words';
import { type Paint, table } from './output';

/** One JSON document for one run. */
export function documentOf(folder: string, state: RunState): Record<string, unknown> {
  const { record } = state;
  return {
    run: record.id,
    folder: relative(process.cwd(), folder).replaceAll('\\', '/') || '.',
    kind: record.kind,
    model: record.model,
    status: state.status,
    created: record.created,
    seconds: state.seconds,
    seed: record.seed,
    engine: state.engine,
    settings: record.settings,
    ...(record.of === undefined ? {} : { of: record.of }),
    ...(record.kind === 'train'
      ? { epochs: state.epochsDone.length, bestEpoch: state.bestEpoch ?? null, steps: state.step }
      : {}),
    bricks: record.bricks,
    data: state.data.map(({ data, split, examples }) => ({ data, split, examples })),
    parameters: state.compiled
      ? { total: state.compiled.parameters, trainable: state.compiled.trainable }
      : null,
    memory: state.compiled?.memory ?? null,
    weights: state.weights,
    report: state.report ?? null,
    ...(state.failure ? { failure: state.failure } : {}),
  };
}

/** The end of a run in a few lines. */
export function resultText(folder: string, state: RunState, paint: Paint): string {
  const { record, report, engine } = state;
  const style = state.status === 'failed' ? 'red' : state.status === 'cancelled' ? 'yellow' : 'green';
  const epochs =
    record.kind === 'train' && state.epochsDone.length > 0
      ? `, ${state.epochsDone.length} ${state.epochsDone.length === 1 ? 'epoch' : 'epochs'}${state.bestEpoch ? `, best ${state.bestEpoch}` : ''}`
      : '';
  const lines = [
    `${paint('bold', record.model.name)} ${paint(style, statusText(state).toLowerCase())} in ${durationText(state.seconds)}${epochs}`,
    paint('dim', `${engine.library}, ${engine.backend}, ${engine.device}`),
  ];
  if (report) lines.push('', reportText(report, paint));
  lines.push('', `Run: ${relative(process.cwd(), folder) || folder}`);
  return lines.join('\n');
}

/** What became of each setting. */
export function receiptText(receipt: NonNullable<Report['receipt']>, paint: Paint): string {
  const rows = receipt.map(({ setting, value, state, why }) => [
    setting,
    value,
    why === undefined ? state : `${state}: ${why}`,
  ]);
  return table([['setting', 'value', ''], ...rows], paint);
}

export function reportText(report: Report, paint: Paint): string {
  const blocks: string[] = [];
  for (const [task, { metrics, examples, confusion, slices }] of Object.entries(report.tasks)) {
    const names = Object.keys(metrics);
    const rows = [
      [`${task} on ${report.split}`, 'examples', ...names],
      ['all', countText(examples), ...names.map((name) => valueText(metrics[name]!))],
    ];
    for (const [column, groups] of Object.entries(slices ?? {})) {
      for (const [group, slice] of Object.entries(groups)) {
        const values = names.map((name) =>
          slice.metrics[name] === undefined ? '' : valueText(slice.metrics[name]),
        );
        rows.push([`${column} = ${group}`, countText(slice.examples), ...values]);
      }
    }
    blocks.push(table(rows, paint));
    if (confusion && confusion.labels.length <= 12) {
      const heading = ['true \\ predicted', ...confusion.labels];
      const counts = confusion.labels.map((label, i) => [label, ...confusion.counts[i]!.map(String)]);
      blocks.push(table([heading, ...counts], paint));
    }
  }
  const requirements = report.requirements.map((each) => {
    const { metric, slice, group, comparison, required, actual, met } = each;
    const mark = met ? paint('green', 'met') : paint('red', 'not met');
    const where = slice === undefined ? '' : ` for every ${slice}, worst ${group ?? 'not measured'},`;
    return `${metric}${where} ${comparison} ${required}: ${mark} (${valueText(actual)})`;
  });
  if (requirements.length > 0) blocks.push(requirements.join('\n'));
  return blocks.join('\n\n');
}
