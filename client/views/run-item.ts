import { MarkdownString, ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { canResume, hasEnded, type RunState, type RunStatus } from '../../protocol/runs/fold';
import { isRunning } from '../../protocol/runs/read';
import { activityText, agoText, durationText, statusText, valueText } from '../../protocol/runs/words';
import type { Run } from '../runs/runs';

const ICONS: Record<RunStatus, [icon: string, color?: string]> = {
  starting: ['loading~spin', 'charts.blue'],
  running: ['loading~spin', 'charts.blue'],
  completed: ['pass', 'testing.iconPassed'],
  'stopped early': ['pass', 'testing.iconPassed'],
  cancelled: ['circle-slash', 'testing.iconSkipped'],
  failed: ['error', 'testing.iconFailed'],
  interrupted: ['debug-disconnect', 'list.warningForeground'],
};

/** One row of the Runs view. */
export function runItem(run: Run, severalFolders: boolean): TreeItem {
  const { state, folder } = run;
  const { record } = state;
  const item = new TreeItem(record.model.name);
  item.id = folder;
  item.iconPath = stateIcon(state);
  item.description = [...summary(state), ...(severalFolders ? [run.root.name] : [])].join(' · ');
  item.tooltip = tooltip(state);
  const more = canResume(state) ? ' resumable' : '';
  item.contextValue = `run ${record.kind}-${isRunning(state) ? 'running' : 'ended'}${more}`;
  item.command = { command: 'brique.runs.open', title: 'Open Run', arguments: [run] };
  const what = record.kind === 'evaluate' ? 'evaluation' : 'training';
  const label = [record.model.name, what, statusText(state), ...summary(state)].join(', ');
  item.accessibilityInformation = { label, role: 'treeitem' };
  return item;
}

function stateIcon({ status, record }: RunState): ThemeIcon {
  const [name, color] = ICONS[status];
  const icon = record.kind === 'evaluate' && status === 'completed' ? 'beaker' : name;
  return new ThemeIcon(icon, color ? new ThemeColor(color) : undefined);
}

/** Side bars are narrow: progress and metric while it runs, the metric of a success, else how it ended; the age last. */
function summary(state: RunState): string[] {
  const { record, status } = state;
  const metric = headlineText(state);
  if (isRunning(state)) return [epochText(state) ?? activityText(state), ...(metric ? [metric] : [])];
  const succeeded = status === 'completed' || status === 'stopped early';
  const result = succeeded ? (metric ?? statusText(state).toLowerCase()) : statusText(state).toLowerCase();
  return [result, agoText(record.created)];
}

/** Such as `3/20`; undefined outside of training. */
export function epochText({ phase, epoch, epochs }: RunState): string | undefined {
  return phase === 'train' && epochs > 0 ? `${Math.max(1, epoch)}/${epochs}` : undefined;
}

/** Such as `accuracy 0.812`: the task's name is left out, since the tooltip has it. */
export function headlineText({ headline }: RunState): string | undefined {
  if (!headline) return undefined;
  return `${headline.name.split('.').at(-1)} ${valueText(headline.value)}`;
}

function tooltip(state: RunState): MarkdownString {
  const { record, engine, headline, failure } = state;
  const rows: [string, string][] = [
    ['State', statusText(state)],
    ['Run', record.id],
    ['Model', `${record.model.name} ${record.model.version}`],
    ...(record.of ? [['Weights of', record.of] as [string, string]] : []),
    ...(headline
      ? [[`${headline.name} (${headline.split})`, valueText(headline.value)] as [string, string]]
      : []),
    ['Engine', `${engine.library} · ${engine.executor} · ${engine.device}`],
    ['Started', new Date(record.created).toLocaleString()],
    ...(hasEnded(state) ? [['Took', durationText(state.seconds)] as [string, string]] : []),
    ...(failure ? [['Failure', failure.message] as [string, string]] : []),
  ];
  const text = new MarkdownString();
  for (const [name, value] of rows)
    text.appendMarkdown(`**${name}:** `).appendText(value).appendMarkdown('  \n');
  return text;
}
