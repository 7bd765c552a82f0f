import type { Report } from '../../../protocol/generated/run-event';
import { valueText } from '../../../protocol/runs/words';

/** One row per task, one column per metric that any of them has. */
export function MetricsTable({ report }: { report: Report }) {
  const tasks = Object.entries(report.tasks);
  const names = [...new Set(tasks.flatMap(([, task]) => Object.keys(task.metrics)))];
  if (names.length === 0) return null;
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Task</th>
            {names.map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tasks.map(([task, { metrics }]) => (
            <tr key={task}>
              <th scope="row">{task}</th>
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
  );
}
