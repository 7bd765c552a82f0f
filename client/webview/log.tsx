import type { RunState } from '../../protocol/runs/fold';
import { Icon } from './icon';
import { Section } from './section';

const ICONS = { info: 'info', warning: 'warning', error: 'error' } as const;

/** What the run had to say, oldest first. */
export function Log({ state: { messages } }: { state: RunState }) {
  if (messages.length === 0) return null;
  return (
    <Section title="Messages">
      <ol className="log">
        {messages.map((message, index) => (
          <li key={`${index} ${message.time}`} className={message.level}>
            <Icon name={ICONS[message.level]} />
            <time dateTime={message.time}>{new Date(message.time).toLocaleTimeString()}</time>
            {message.level !== 'info' && <span className="visually-hidden">{message.level}: </span>}
            <span>{message.text}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
