import { useState } from 'react';
import type { RunState } from '../../../protocol/runs/fold';
import { remember, remembered } from '../host';
import { Section } from '../section';
import { chartsOf } from './charts';
import { EpochTable } from './epoch-table';
import { MetricChartView } from './metric-chart';
import { useTheme } from './theme';

/** The curves of the training, as charts or as a table. */
export function Curves({ state }: { state: RunState }) {
  const [smooth, setSmooth] = useRemembered('smooth', true);
  const [table, setTable] = useRemembered('table', false);
  const theme = useTheme();
  const charts = chartsOf(state);
  if (state.record.kind !== 'train') return null;
  if (charts.length === 0) {
    const running = state.status === 'running' || state.status === 'starting';
    return (
      <Section title="Curves">
        <p className="empty">
          {running ? 'Curves appear with the first step.' : 'The run ended before its first step.'}
        </p>
      </Section>
    );
  }
  return (
    <Section
      title="Curves"
      note={charts.length > 0 && state.epochs > 0 ? 'by epoch' : undefined}
      controls={
        <>
          {!table && <Legend />}
          {!table && <Check label="Smooth steps" checked={smooth} onChange={setSmooth} />}
          <Check label="Table" checked={table} onChange={setTable} />
        </>
      }
    >
      {table ? (
        <EpochTable state={state} />
      ) : (
        <div className="charts">
          {charts.map((chart) => (
            <MetricChartView key={chart.key} chart={chart} state={state} smooth={smooth} theme={theme} />
          ))}
        </div>
      )}
    </Section>
  );
}

/** Read aloud with each chart instead. */
function Legend() {
  return (
    <span aria-hidden="true">
      <span className="key training">training</span> <span className="key validation">validation</span>
    </span>
  );
}

function Check(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <vscode-checkbox
      label={props.label}
      checked={props.checked}
      onChange={(event) => props.onChange((event.target as HTMLInputElement).checked)}
    />
  );
}

function useRemembered(name: 'smooth' | 'table', initial: boolean): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(remembered()[name] ?? initial);
  return [
    value,
    (next) => {
      setValue(next);
      remember({ [name]: next });
    },
  ];
}
