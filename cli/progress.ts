import type { RunState } from '../protocol/runs/fold';
import { activityText, durationText, valueText } from '../protocol/runs/words';
import { note } from './output';

/** What happens right now, on one line that is written over; where nobody looks, a line per epoch. */
export class ProgressLine {
  #shown = false;
  #epochs = 0;
  #phase: string | undefined;
  #messages = 0;

  constructor(
    readonly quiet: boolean,
    readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  update(state: RunState): void {
    this.#messages = Math.max(this.#messages, state.messagesBefore ?? 0);
    for (const { level, text } of state.messages.slice(this.#messages)) {
      if (level !== 'info' || !this.quiet) this.say(level === 'info' ? text : `${level}: ${text}`);
    }
    this.#messages = state.messages.length;
    if (this.quiet) return;
    if (this.stream.isTTY) this.#overwrite(lineOf(state));
    else this.#append(state);
  }

  /** A line that stays. */
  say(text: string): void {
    this.clear();
    note(text);
  }

  clear(): void {
    if (this.#shown) this.stream.write('\r\u001B[2K');
    this.#shown = false;
  }

  #overwrite(line: string): void {
    const width = (this.stream.columns || 80) - 1;
    this.stream.write(`\r\u001B[2K${line.slice(0, width)}`);
    this.#shown = true;
  }

  #append(state: RunState): void {
    this.#epochs = Math.max(this.#epochs, Math.min(state.resumed ?? 0, state.epochsDone.length));
    for (const row of state.epochsDone.slice(this.#epochs)) {
      const validation = row.validation ?? row.train;
      // `loss` is the sum over tasks, which follow with their own.
      const named = Object.entries(validation).filter(([name]) => name !== 'loss');
      const values = named.map(([name, value]) => `${name} ${valueText(value)}`);
      const left = state.secondsLeft === undefined ? '' : ` · ${durationText(state.secondsLeft)} left`;
      const split = row.validation ? 'validation' : 'train';
      note(`epoch ${row.epoch}/${state.epochs} · step ${row.step} · ${split} ${values.join(', ')}${left}`);
    }
    this.#epochs = state.epochsDone.length;
    if (state.phase !== this.#phase && state.phase) note(activityText(state));
    this.#phase = state.phase;
  }
}

/** `epoch 3/20 · step 66/440 · loss 0.412 · accuracy 0.823 (validation 0.81) · 12 s left`. */
export function lineOf(state: RunState): string {
  if (state.phase !== 'train' || state.step === 0) return `${activityText(state)}…`;
  const pieces = [`epoch ${state.epoch}/${state.epochs}`, `step ${state.step}/${state.steps}`];
  const loss = state.curves.loss?.steps.values.at(-1);
  if (typeof loss === 'number') pieces.push(`loss ${valueText(loss)}`);
  const { headline } = state;
  if (headline && headline.split !== 'train')
    pieces.push(`${headline.split} ${headline.name} ${valueText(headline.value)}`);
  if (state.secondsLeft !== undefined) pieces.push(`${durationText(state.secondsLeft)} left`);
  return pieces.join(' · ');
}
