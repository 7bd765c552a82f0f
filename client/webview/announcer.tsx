import type { RunState } from '../../protocol/runs/fold';
import { activityText, statusText, valueText } from '../../protocol/runs/words';

/** Tells screen readers how it goes: at each new phase and each tenth of the epochs, not at every step. */
export function Announcer({ state }: { state: RunState }) {
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {announcement(state)}
    </div>
  );
}

function announcement(state: RunState): string {
  const { status, epochs, epochsDone, headline, phase } = state;
  const measured = headline ? `${headline.name} ${valueText(headline.value)} on ${headline.split}` : '';
  if (status !== 'running') return [statusText(state), measured].filter(Boolean).join(', ');
  if (phase !== 'train') return activityText(state);
  const every = Math.max(1, Math.round(epochs / 10));
  const done = epochsDone[Math.floor(epochsDone.length / every) * every - 1];
  return done ? `Epoch ${done.epoch} of ${epochs} done` : 'Training';
}
