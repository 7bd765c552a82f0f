import { join } from 'node:path';
import { settings } from './settings';

/** What the extension starts as processes of their own, and with which Node. */
export interface Programs {
  server: string;
  brique: string;
}

export function programsOf(extensionPath: string): Programs {
  return { server: join(extensionPath, 'dist/server.cjs'), brique: join(extensionPath, 'dist/brique.cjs') };
}

export interface NodeRuntime {
  path: string;
  env: Record<string, string>;
}

/** Desktop VS Code is Electron, which is a Node too if told so. */
export function nodeRuntime(): NodeRuntime {
  const chosen = settings().node;
  return chosen
    ? { path: chosen, env: {} }
    : { path: process.execPath, env: { ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' } };
}
