import type { RunState } from '../../../protocol/runs/fold';
import { countText, durationText, valueText } from '../../../protocol/runs/words';

/** What the charts show, as numbers: one row per epoch, the newest first. */
export function EpochTable({ state }: { state: RunState }) {
  const rows = [...state.epochsDone].reverse();
  const names = [...new Set(rows.flatMap((row) => [row.train, row.validation ?? {}].flatMap(Object.keys)))];
  if (rows.length === 0) return <p className="dim">No epoch is done yet.</p>;
  return (
    <div className="scroll tall">
      <table>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Epoch
            </th>
            <th scope="col" rowSpan={2} className="number">
              Step
            </th>
            <th scope="col" rowSpan={2} className="number">
              Time
            </th>
            {names.map((name) => (
              <th key={name} scope="colgroup" colSpan={2} className="number">
                {name}
              </th>
            ))}
          </tr>
          <tr>
            {names.flatMap((name) => [
              <th key={`${name} training`} scope="col" className="number dim">
                training
              </th>,
              <th key={`${name} validation`} scope="col" className="number dim">
                validation
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.epoch}>
              <th scope="row">
                {row.epoch}
                {row.epoch === state.bestEpoch && <span className="tag">best</span>}
              </th>
              <td className="number">{countText(row.step)}</td>
              <td className="number">{durationText(row.seconds)}</td>
              {names.flatMap((name) =>
                [row.train[name], row.validation?.[name]].map((value, index) => (
                  <td key={`${name} ${index === 0 ? 'training' : 'validation'}`} className="number">
                    {value === undefined ? '' : valueText(value)}
                  </td>
                )),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
