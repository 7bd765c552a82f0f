import type { Report } from '../../../protocol/generated/run-event';
import { valueText } from '../../../protocol/runs/words';
import { Icon } from '../icon';

const SIGNS = { '>=': '≥', '<=': '≤', '>': '>', '<': '<' } as const;

/** What the model was required to reach, and whether it did. */
export function Requirements({ report }: { report: Report }) {
  if (report.requirements.length === 0) return null;
  return (
    <ul className="requirements" aria-label="Requirements">
      {report.requirements.map(({ metric, comparison, required, actual, met }) => (
        <li key={`${metric} ${comparison}`} className={met ? 'met' : 'missed'}>
          <Icon name={met ? 'pass-filled' : 'error'} />
          <span>
            {metric} <strong>{valueText(actual)}</strong>
          </span>
          <span className="dim">
            {met ? 'met' : 'not met'}: {SIGNS[comparison]} {required}
          </span>
        </li>
      ))}
    </ul>
  );
}
