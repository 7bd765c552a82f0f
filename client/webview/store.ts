import { useSyncExternalStore } from 'react';
import type { ToPanel } from '../../protocol/panel';
import { advance, type RunState, setAlive } from '../../protocol/runs/fold';

/** The page is drawn at most this often; eyes do not follow curves faster. */
const DRAW_MS = 150;

/** What the page shows. `state` changes in place; `version` says that it did. */
export interface View {
  state: RunState | undefined;
  /** The run's folder was deleted. */
  gone: boolean;
}

const view: View = { state: undefined, gone: false };
let version = 0;
let waiting = false;
let drawn = Number.NEGATIVE_INFINITY;
const listeners = new Set<() => void>();

/** The newest view; the component is drawn again when it changes. */
export function useView(): View {
  useSyncExternalStore(subscribe, () => version);
  return view;
}

export function listen(): void {
  window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => receive(data));
}

function receive(message: ToPanel): void {
  const { state } = view;
  switch (message.type) {
    case 'show':
      view.state = message.state;
      view.gone = false;
      break;
    case 'events':
      if (state) for (const event of message.events) advance(state, event);
      break;
    case 'alive':
      if (state) setAlive(state, message.alive);
      break;
    case 'gone':
      view.gone = true;
      break;
  }
  if (waiting) return;
  waiting = true;
  setTimeout(draw, Math.max(0, drawn + DRAW_MS - performance.now()));
}

/** Messages that come close together are drawn together. */
function draw(): void {
  requestAnimationFrame(() => {
    waiting = false;
    drawn = performance.now();
    version += 1;
    for (const listener of listeners) listener();
  });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
