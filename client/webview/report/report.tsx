import type { Report, TaskReport } from '../../../protocol/generated/run-event';
import type { RunState } from '../../../protocol/runs/fold';
import { countText } from '../../../protocol/runs/words';
import { open } from '../host';
import { Section } from '../section';
import { Confusion } from './confusion';
import { MetricsTable } from './metrics-table';
import { Requirements } from './requirements';
import { Slices } from './slices';

/** The result of the evaluation. */
export function ReportView({ state: { report } }: { state: RunState }) {
  if (!report) return null;
  return (
    <Section
      title="Evaluation"
      note={`on ${report.split}, ${examplesText(report)}`}
      controls={
        <button type="button" className="link" onClick={() => open({ what: 'file', file: 'report.json' })}>
          report.json
        </button>
      }
    >
      <div className="columns report">
        <div>
          <Requirements report={report} />
          <MetricsTable report={report} />
        </div>
        {Object.entries(report.tasks).map(([name, task]) => (
          <Task key={name} name={name} task={task} alone={Object.keys(report.tasks).length === 1} />
        ))}
      </div>
    </Section>
  );
}

function Task({ name, task, alone }: { name: string; task: TaskReport; alone: boolean }) {
  if (!task.confusion && !task.slices) return null;
  return (
    <div>
      {!alone && <h3>{name}</h3>}
      {task.confusion && <Confusion confusion={task.confusion} />}
      {task.slices && <Slices slices={task.slices} />}
    </div>
  );
}

function examplesText(report: Report): string {
  const counts = new Set(Object.values(report.tasks).map((task) => task.examples));
  return [...counts].map((count) => `${countText(count)} examples`).join(' / ');
}
