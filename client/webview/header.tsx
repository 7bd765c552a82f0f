import { useEffect, useState } from 'react';
import { canResume, hasEnded, type RunState, type RunStatus } from '../../protocol/runs/fold';
import { agoText, bytesText, countText, statusText, valueText } from '../../protocol/runs/words';
import { open, post } from './host';
import { Icon, IconButton } from './icon';

const STATUS_ICONS: Record<RunStatus, string> = {
  starting: 'loading',
  running: 'loading',
  completed: 'pass-filled',
  'stopped early': 'pass-filled',
  cancelled: 'circle-slash',
  failed: 'error',
  interrupted: 'debug-disconnect',
};

export function Header({ state, gone }: { state: RunState; gone: boolean }) {
  const { record } = state;
  return (
    <header>
      <div className="title-row">
        <h1>
          {record.model.name} <span className="version">{record.model.version}</span>
        </h1>
        <span className={`status ${state.status.replace(' ', '-')}`}>
          <Icon name={STATUS_ICONS[state.status]} />
          {statusText(state)}
        </span>
        <Actions state={state} gone={gone} />
      </div>
      <dl className="facts">
        {facts(state).map(([name, value, title], index) => (
          <div key={name} title={title} className={index === 0 && state.headline ? 'headline' : undefined}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function facts({ record, engine, headline, compiled }: RunState): [string, string, string?][] {
  const rows: [string, string, string?][] = [];
  if (headline) rows.push([`${headline.name} · ${headline.split}`, valueText(headline.value)]);
  if (record.kind === 'evaluate') rows.push(['Evaluation of', record.of ?? 'the newest weights']);
  rows.push(['Engine', engine.library, `${engine.name}, executor ${engine.executor}`]);
  const threads = engine.threads > 1 ? ` · ${engine.threads} threads` : '';
  rows.push(['Runs on', `${engine.executor} · ${engine.backend} · ${engine.device}${threads}`]);
  if (compiled) {
    rows.push([
      'Parameters',
      countText(compiled.parameters),
      `${countText(compiled.trainable)} trainable; ${countText(compiled.primitives)} primitives in a step`,
    ]);
  }
  const memory = compiled?.memory;
  if (memory) {
    const shares = `weights ${bytesText(memory.weights)}, optimizer ${bytesText(memory.optimizer)}, values and gradients ${bytesText(memory.working)}`;
    rows.push(['Memory', `about ${bytesText(memory.total)}`, shares]);
  }
  rows.push(['Seed', String(record.seed)]);
  if (record.code) {
    const { revision, modified } = record.code;
    rows.push(['Code', `${revision.slice(0, 8)}${modified ? ' + changes' : ''}`, revision]);
  }
  const settings = Object.entries(record.settings).map(([name, value]) => `${name} = ${value}`);
  if (settings.length > 0) rows.push(['Set', settings.join(', ')]);
  rows.push(['Started', agoText(record.created), new Date(record.created).toLocaleString()]);
  rows.push(['Run', record.id]);
  return rows;
}

function Actions({ state, gone }: { state: RunState; gone: boolean }) {
  const running = state.status === 'running' || state.status === 'starting';
  return (
    <div className="actions" role="toolbar" aria-label="Run">
      {running && !gone && <StopButton />}
      {canResume(state) && !gone && (
        <vscode-button onClick={() => post({ type: 'resume' })}>Resume</vscode-button>
      )}
      {!running && !gone && (
        <vscode-button secondary onClick={() => post({ type: 'start', command: state.record.kind })}>
          {state.record.kind === 'train' ? 'Train Again' : 'Evaluate Again'}
        </vscode-button>
      )}
      {hasEnded(state) && !gone && state.record.kind === 'train' && state.weights.length > 0 && (
        <vscode-button secondary onClick={() => post({ type: 'start', command: 'evaluate' })}>
          Evaluate
        </vscode-button>
      )}
      <IconButton icon="go-to-file" label="Open the model" onClick={() => open({ what: 'model' })} />
      {!gone && (
        <IconButton
          icon="folder-opened"
          label="Reveal the run's folder"
          onClick={() => open({ what: 'folder' })}
        />
      )}
    </div>
  );
}

/** A run that has not stopped after this long may be ended by force. */
const PATIENCE_MS = 8000;

function StopButton() {
  const [asked, setAsked] = useState(false);
  const [impatient, setImpatient] = useState(false);
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => setImpatient(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const stop = () => {
    post({ type: 'stop', force: impatient });
    setAsked(true);
  };
  return (
    <vscode-button disabled={asked && !impatient} onClick={stop}>
      {impatient ? 'End Its Process' : asked ? 'Stopping…' : 'Stop'}
    </vscode-button>
  );
}
