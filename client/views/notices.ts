import { commands, type Disposable, window } from 'vscode';
import { isRunning } from '../../protocol/runs/read';
import { durationText, valueText } from '../../protocol/runs/words';
import type { RunPanels } from '../panels/run-panels';
import type { Run, Runs } from '../runs/runs';
import type { Launches } from '../tasks/launches';

/** Tells how a run ended that this window started, unless its panel is in sight. */
export function announceEnds(runs: Runs, launches: Launches, panels: RunPanels): Disposable {
  const told = new Set<string>();
  return runs.onDidChange(({ run, kind }) => {
    if (kind === 'gone' || isRunning(run.state) || !launches.isOurs(run) || told.has(run.folder)) return;
    told.add(run.folder);
    if (!panels.isVisible(run.folder)) void announce(run);
  });
}

async function announce(run: Run): Promise<void> {
  const show = 'Open Run';
  const answer = await messageOf(run, show);
  if (answer === show) await commands.executeCommand('brique.runs.open', run);
}

function messageOf({ state }: Run, ...actions: string[]): Thenable<string | undefined> {
  const { record, status, headline, failure, seconds } = state;
  const name = record.model.name;
  if (status === 'failed') {
    return window.showErrorMessage(
      `${name} failed: ${failure?.message ?? 'no reason was given'}`,
      ...actions,
    );
  }
  if (status === 'interrupted') {
    return window.showWarningMessage(`${name} was interrupted: its process is gone.`, ...actions);
  }
  if (status === 'cancelled') return window.showInformationMessage(`${name} was stopped.`, ...actions);
  const result = headline ? `${headline.name} ${valueText(headline.value)} on ${headline.split}` : 'done';
  const missed = (state.report?.requirements ?? []).filter((requirement) => !requirement.met);
  const text = `${name}: ${result}, after ${durationText(seconds)}.`;
  if (missed.length === 0) return window.showInformationMessage(text, ...actions);
  const names = missed.map((requirement) => requirement.metric).join(', ');
  return window.showWarningMessage(`${text} Requirement not met: ${names}.`, ...actions);
}
