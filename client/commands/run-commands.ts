import { commands, Disposable, env, type QuickPickItem, window } from 'vscode';
import { isRunning } from '../../protocol/runs/read';
import { agoText, statusText } from '../../protocol/runs/words';
import type { RunPanels } from '../panels/run-panels';
import { deleteRuns, openModel, revealFolder, stopRun } from '../runs/actions';
import type { Comparisons } from '../runs/comparison';
import type { Run, Runs } from '../runs/runs';
import { headlineText } from '../views/run-item';
import type { RunsView } from '../views/runs-view';
import type { Starter } from './start';

/** Commands on runs: those of the list's rows get the row and the selection, those of the palette let choose. */
export function registerRunCommands(
  runs: Runs,
  panels: RunPanels,
  view: RunsView,
  starter: Starter,
  comparisons: Comparisons,
): Disposable {
  const on = (name: string, act: (run: Run, selected: readonly Run[]) => unknown) =>
    commands.registerCommand(`brique.runs.${name}`, (clicked?: Run, selected?: readonly Run[]) => {
      const chosen = selected && selected.length > 0 ? selected : clicked ? [clicked] : view.selection;
      const run = clicked ?? chosen[0];
      return run ? act(run, chosen) : undefined;
    });
  return Disposable.from(
    on('open', (run) => panels.show(run)),
    on('stop', (_, selected) => Promise.all(selected.map((run) => stopRun(run)))),
    on('evaluate', (run) => starter.startFrom(run, 'evaluate')),
    on('resume', (run) => starter.resume(run)),
    on('again', (run) => starter.startFrom(run, run.state.record.kind)),
    on('openModel', (run) => openModel(run)),
    on('compare', (_, selected) => comparisons.show(selected)),
    on('reveal', (run) => revealFolder(run)),
    on('copyId', (_, selected) =>
      env.clipboard.writeText(selected.map((run) => run.state.record.id).join('\n')),
    ),
    on('delete', (_, selected) => deleteRuns(selected)),
    commands.registerCommand('brique.openRun', async () => {
      const run = await pickRun(runs.all(), 'There are no runs yet.');
      if (run) panels.show(run);
    }),
    commands.registerCommand('brique.stop', async () => {
      const running = runs.all().filter((run) => isRunning(run.state));
      const run = running.length === 1 ? running[0] : await pickRun(running, 'Nothing is running.');
      if (run) await stopRun(run);
    }),
  );
}

async function pickRun(runs: readonly Run[], none: string): Promise<Run | undefined> {
  if (runs.length === 0) {
    void window.showInformationMessage(none);
    return undefined;
  }
  const items = runs.map((run): QuickPickItem & { run: Run } => {
    const { state } = run;
    const details = [statusText(state), headlineText(state), agoText(state.record.created)];
    return { label: state.record.model.name, description: details.filter(Boolean).join(' · '), run };
  });
  return (await window.showQuickPick(items, { placeHolder: 'Which run?', matchOnDescription: true }))?.run;
}
