import { useEffect, useState } from 'react';
import { hasEnded, type RunState } from '../../protocol/runs/fold';
import { activityText, countText, durationText, fractionDone } from '../../protocol/runs/words';

/** How far the run is and how long it still takes; one line of what it took once it has ended. */
export function Progress({ state }: { state: RunState }) {
  const over = hasEnded(state) || state.status === 'interrupted';
  const seconds = useElapsed(state, !over);
  const done = fractionDone(state);
  const figures = figuresOf(state, over, seconds);
  return (
    <section aria-label="Progress" className="progress">
      {!over && (
        <progress
          aria-label={activityText(state)}
          max={1}
          value={state.phase === 'train' ? done : undefined}
        />
      )}
      <p className="figures">
        {!over && <strong>{state.phaseText ?? activityText(state)}</strong>}
        {figures.map((figure) => (
          <span key={figure}>{figure}</span>
        ))}
      </p>
    </section>
  );
}

function figuresOf(state: RunState, over: boolean, seconds: number): string[] {
  const { epoch, epochs, step, steps, examplesPerSecond, secondsLeft, bestEpoch, record } = state;
  const figures: string[] = [];
  if (record.kind === 'train' && epochs > 0 && epoch > 0) figures.push(`epoch ${epoch} of ${epochs}`);
  if (steps > 0) figures.push(`step ${countText(step)} of ${countText(steps)}`);
  if (bestEpoch !== undefined && bestEpoch > 0) figures.push(`best epoch ${bestEpoch}`);
  if (!over && state.phase === 'train') {
    if (examplesPerSecond) figures.push(`${countText(Math.round(examplesPerSecond))} examples/s`);
    if (secondsLeft !== undefined) figures.push(`${durationText(secondsLeft)} left`);
  }
  figures.push(over ? `took ${durationText(seconds)}` : durationText(seconds));
  return figures;
}

/** Seconds since the run began; goes on between events. */
function useElapsed(state: RunState, running: boolean): number {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [running]);
  if (!running || !state.started) return state.seconds;
  return Math.max(state.seconds, (Date.now() - Date.parse(state.started)) / 1000);
}
