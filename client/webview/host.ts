/** The one door between this page and the extension. */
import type { FromPanel, PanelTarget } from '../../protocol/panel';

/** What the page keeps while it is hidden and across reloads of the window. */
export interface Memory {
  folder: string;
  smooth?: boolean;
  table?: boolean;
}

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): Memory | undefined;
  setState(memory: Memory): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();
const given = JSON.parse(document.getElementById('root')?.dataset.memory ?? '{}') as Memory;
let memory: Memory = { ...api.getState(), ...given };
api.setState(memory);

export function remembered(): Memory {
  return memory;
}

export function remember(part: Partial<Memory>): void {
  memory = { ...memory, ...part };
  api.setState(memory);
}

export function post(message: FromPanel): void {
  api.postMessage(message);
}

export function open(target: PanelTarget): void {
  post({ type: 'open', target });
}

/** Errors of this page go to the extension's output, where a person can find them. */
export function reportErrors(): void {
  window.addEventListener('error', ({ message }) => post({ type: 'error', message }));
  window.addEventListener('unhandledrejection', ({ reason }) =>
    post({ type: 'error', message: String(reason) }),
  );
}
