import { Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import { activityText, durationText, fractionDone } from '../../protocol/runs/words';
import type { Run, Runs } from '../runs/runs';
import { epochText, headlineText } from './run-item';

const DRAW_MS = 250;

/** Says in the status bar what is running; a click opens it. */
export class RunningStatus implements Disposable {
  readonly #item: StatusBarItem;
  readonly #subscription: Disposable;
  #draw: NodeJS.Timeout | undefined;

  constructor(private readonly runs: Runs) {
    this.#item = window.createStatusBarItem('brique.running', StatusBarAlignment.Left, 10);
    this.#item.name = 'Brique Runs';
    this.#subscription = runs.onDidChange(() => {
      this.#draw ??= setTimeout(() => this.#redraw(), DRAW_MS);
    });
  }

  dispose(): void {
    clearTimeout(this.#draw);
    Disposable.from(this.#item, this.#subscription).dispose();
  }

  #redraw(): void {
    this.#draw = undefined;
    const running = this.runs.running();
    const [run] = running;
    if (!run) {
      this.#item.hide();
      return;
    }
    if (running.length === 1) this.#showOne(run);
    else this.#showMany(running);
    this.#item.show();
  }

  #showOne(run: Run): void {
    const { state } = run;
    const name = state.record.model.name;
    const done = fractionDone(state);
    const percent = done === undefined || state.phase !== 'train' ? undefined : `${Math.floor(done * 100)}%`;
    const epoch = epochText(state);
    const progress = [epoch ? `epoch ${epoch}` : activityText(state).toLowerCase(), percent].filter(Boolean);
    this.#item.text = `$(loading~spin) ${name}: ${progress.join(', ')}`;
    const left = state.secondsLeft === undefined ? undefined : `${durationText(state.secondsLeft)} left`;
    this.#item.tooltip = [name, ...progress, headlineText(state), left].filter(Boolean).join(' · ');
    this.#item.accessibilityInformation = {
      label: `${name} is running, ${progress.join(', ')}`,
      role: 'button',
    };
    this.#item.command = { command: 'brique.runs.open', title: 'Open Run', arguments: [run] };
  }

  #showMany(running: readonly Run[]): void {
    this.#item.text = `$(loading~spin) ${running.length} runs`;
    this.#item.tooltip = running.map(({ state }) => state.record.model.name).join(', ');
    this.#item.accessibilityInformation = { label: `${running.length} runs are running`, role: 'button' };
    this.#item.command = { command: 'brique.openRun', title: 'Open a Run' };
  }
}
