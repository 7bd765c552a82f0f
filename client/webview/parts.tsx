import type { RunState } from '../../protocol/runs/fold';
import { countText } from '../../protocol/runs/words';
import { Section } from './section';

/** The bricks of the model: which version, how large, and what of it is trained. */
export function Parts({ state: { record, compiled } }: { state: RunState }) {
  if (record.bricks.length === 0) return null;
  const sizes = new Map(compiled?.parts.map((part) => [part.name, part]));
  return (
    <Section title="Parts">
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Brick</th>
              <th scope="col">Weights</th>
              <th scope="col" className="number">
                Parameters
              </th>
              <th scope="col" className="number">
                Trained
              </th>
            </tr>
          </thead>
          <tbody>
            {record.bricks.map((brick) => {
              const size = sizes.get(brick.part);
              return (
                <tr key={brick.part}>
                  <th scope="row">{brick.part}</th>
                  <td className="together">
                    {brick.module} <span className="version">{brick.version}</span>
                  </td>
                  <td className={brick.weights === 'fresh' ? 'dim' : 'cut'} title={brick.weights}>
                    {brick.weights}
                  </td>
                  <td className="number">{size ? countText(size.parameters) : '–'}</td>
                  <td className="number">{size && <Trained part={size} />}</td>
                </tr>
              );
            })}
          </tbody>
          {compiled && record.bricks.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row" colSpan={3}>
                  All
                </th>
                <td className="number">{countText(compiled.parameters)}</td>
                <td className="number">{countText(compiled.trainable)}</td>
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </Section>
  );
}

type Size = NonNullable<RunState['compiled']>['parts'][number];

function Trained({ part: { parameters, trainable } }: { part: Size }) {
  if (parameters === 0) return <span className="dim">–</span>;
  if (trainable === 0) return <span className="tag">frozen</span>;
  return trainable === parameters ? 'all' : countText(trainable);
}
