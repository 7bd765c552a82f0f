import type { RunState } from '../../protocol/runs/fold';
import { open } from './host';
import { Icon } from './icon';

/** What went wrong, where, and what helps. */
export function FailureBox({ state }: { state: RunState }) {
  const { failure } = state;
  if (!failure) return null;
  const { message, help, file, line, code } = failure;
  return (
    <div className="failure" role="alert">
      <Icon name="error" />
      <div>
        <p className="message">{message}</p>
        {help && <p>{help}</p>}
        <p className="where">
          {file && (
            <button type="button" className="link" onClick={() => open({ what: 'source', file, line })}>
              {line === undefined ? file : `${file}:${line}`}
            </button>
          )}
          <code>{code}</code>
        </p>
      </div>
    </div>
  );
}
