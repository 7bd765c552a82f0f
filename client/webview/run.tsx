import type { RunState } from '../../protocol/runs/fold';
import { Announcer } from './announcer';
import { Curves } from './curves/curves';
import { Data } from './data';
import { FailureBox } from './failure';
import { Header } from './header';
import { Icon } from './icon';
import { Log } from './log';
import { Parts } from './parts';
import { Progress } from './progress';
import { ReportView } from './report/report';
import { useView } from './store';

/** The whole panel of a run. */
export function Run() {
  const { state, gone } = useView();
  if (!state) return gone ? <GoneForGood /> : <p className="notice">Reading the run…</p>;
  return (
    <main>
      {gone && (
        <p className="banner" role="status">
          <Icon name="trash" />
          The folder of this run was deleted. What this panel had read stays here until you close it.
        </p>
      )}
      <Header state={state} gone={gone} />
      <Announcer state={state} />
      <Interrupted state={state} />
      <FailureBox state={state} />
      <Progress state={state} />
      <ReportView state={state} />
      <Curves state={state} />
      <div className="details">
        <Parts state={state} />
        <Data state={state} />
      </div>
      <Log state={state} />
    </main>
  );
}

function GoneForGood() {
  return (
    <p className="notice" role="status">
      The folder of this run is no longer there. It was moved or deleted; this panel can be closed.
    </p>
  );
}

function Interrupted({ state }: { state: RunState }) {
  if (state.status !== 'interrupted') return null;
  return (
    <p className="banner warning" role="status">
      <Icon name="debug-disconnect" />
      This run was interrupted: its process ended without finishing. What it had written is shown.
    </p>
  );
}
