import { Fragment } from 'react';
import type { TaskReport } from '../../../protocol/generated/run-event';
import { countText, valueText } from '../../../protocol/runs/words';

/** The metrics of each part of the split, by the value of a column. */
export function Slices({ slices }: { slices: NonNullable<TaskReport['slices']> }) {
  return Object.entries(slices).map(([column, values]) => {
    const names = [...new Set(Object.values(values).flatMap(({ metrics }) => Object.keys(metrics)))];
    return (
      <Fragment key={column}>
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">By {column}</th>
                <th scope="col" className="number">
                  Examples
                </th>
                {names.map((name) => (
                  <th key={name} scope="col" className="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {Object.entries(values).map(([value, { examples, metrics }]) => (
                <tr key={value}>
                  <th scope="row">{value}</th>
                  <td className="number">{countText(examples)}</td>
                  {names.map((name) => (
                    <td key={name} className="number">
                      {metrics[name] === undefined ? '' : valueText(metrics[name])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Fragment>
    );
  });
}
