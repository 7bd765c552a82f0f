import { type CSSProperties, useId } from 'react';
import type { TaskReport } from '../../../protocol/generated/run-event';
import { countText } from '../../../protocol/runs/words';

/** More classes than this leave no room for percentages. */
const ROOMY = 8;

/** True classes against predicted ones; a cell is as strong as its share of the true class. */
export function Confusion({ confusion }: { confusion: NonNullable<TaskReport['confusion']> }) {
  const { labels, counts } = confusion;
  const id = useId();
  return (
    <div className="scroll">
      <p id={id} className="dim">
        Confusion: true class in rows, predicted in columns
      </p>
      <table className="confusion" aria-labelledby={id}>
        <thead>
          <tr>
            <td />
            {labels.map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, row) => {
            const total = (counts[row] ?? []).reduce((sum, count) => sum + count, 0);
            return (
              <tr key={label}>
                <th scope="row">{label}</th>
                {labels.map((predicted, column) => {
                  const count = counts[row]?.[column] ?? 0;
                  const share = total > 0 ? count / total : 0;
                  const heat = { '--heat': `${Math.round(share * 70)}%` } as CSSProperties;
                  return (
                    <td key={predicted} className={row === column ? 'right' : 'wrong'} style={heat}>
                      {countText(count)}
                      {labels.length <= ROOMY && <small>{Math.round(share * 100)}%</small>}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
