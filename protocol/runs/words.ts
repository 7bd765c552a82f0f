/** How numbers and states of runs are put into words, the same in every view. */
import { hasEnded, type RunState } from './fold';
import { decodeNumber, type EncodedNumber } from './numbers';

/** A measured value in four significant digits at most: `0.8312`, `12.4`, `1.2e-7`, `not a number`. */
export function valueText(value: EncodedNumber): string {
  const number = decodeNumber(value);
  if (Number.isNaN(number)) return 'not a number';
  if (!Number.isFinite(number)) return number > 0 ? 'infinite' : 'minus infinite';
  if (number === 0) return '0';
  const size = Math.abs(number);
  if (size < 1e-3 || size >= 1e6) return number.toExponential(1);
  if (size >= 1000) return countText(Math.round(number));
  return number.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : size >= 0.01 ? 3 : 4);
}

/** A change of a measured value, with its sign: `+0.012`, `-1.2e-7`, `0`. */
export function changeText(change: number): string {
  return `${change > 0 ? '+' : ''}${valueText(change)}`;
}

/** A whole number with its thousands set apart: `12,345`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function durationText(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return joined(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function joined(large: number, unit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;
}

/** How long ago a moment was: `now`, `5 min ago`, `3 h ago`, `2 days ago`, then the date. */
export function agoText(time: string, now = Date.now()): string {
  const seconds = (now - Date.parse(time)) / 1000;
  if (Number.isNaN(seconds)) return '';
  if (seconds < 60) return 'now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.floor(seconds / 86_400);
  if (days < 14) return days === 1 ? 'yesterday' : `${days} days ago`;
  return new Date(time).toISOString().slice(0, 10);
}

/** `13.1 MB`; units are powers of 1,000. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [value, unit] = [bytes, 0];
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}

/** How much of the training is done, from 0 to 1; undefined where that is not known. */
export function fractionDone(state: RunState): number | undefined {
  if (state.status === 'completed' || state.status === 'stopped early') return 1;
  return state.steps > 0 ? Math.min(1, state.step / state.steps) : undefined;
}

const PHASES: Record<NonNullable<RunState['phase']>, string> = {
  prepare: 'Preparing the data',
  compile: 'Compiling the step',
  cache: 'Computing what is frozen',
  train: 'Training',
  evaluate: 'Evaluating',
  save: 'Saving',
};

const STATUSES: Record<RunState['status'], string> = {
  starting: 'Starting',
  running: 'Running',
  completed: 'Completed',
  'stopped early': 'Stopped early',
  cancelled: 'Cancelled',
  failed: 'Failed',
  interrupted: 'Interrupted',
};

export function statusText(state: RunState): string {
  return STATUSES[state.status];
}

/** What a running run does right now; the status of any other. */
export function activityText(state: RunState): string {
  if (hasEnded(state) || state.status === 'interrupted' || !state.phase) return statusText(state);
  return PHASES[state.phase];
}
