import type { RunState } from '../../protocol/runs/fold';
import { countText, durationText } from '../../protocol/runs/words';
import { Section } from './section';

/** The datasets and the splits that were prepared from them. */
export function Data({ state: { record, data } }: { state: RunState }) {
  if (record.data.length === 0) return null;
  const names = new Map(record.data.map(({ alias, name, version }) => [alias, `${name} ${version}`]));
  return (
    <Section title="Data">
      {data.length === 0 ? (
        <p className="dim">{[...names.values()].join(', ')}</p>
      ) : (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Data</th>
                <th scope="col">Split</th>
                <th scope="col" className="number">
                  Examples
                </th>
                <th scope="col" className="number">
                  Prepared in
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((row) => (
                <tr key={`${row.data} ${row.split}`}>
                  <th scope="row" title={names.get(row.data)}>
                    {row.data}
                  </th>
                  <td>{row.split}</td>
                  <td className="number">{countText(row.examples)}</td>
                  <td className="number">
                    {row.cached ? <span className="tag">cached</span> : durationText(row.seconds)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
