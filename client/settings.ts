import { workspace } from 'vscode';
import { ENGINE_CHOICES, type EngineChoice } from '../protocol/command';

export interface Settings {
  engine: EngineChoice;
  /** Undefined: the Node that runs VS Code's extensions. */
  node: string | undefined;
  openPanel: boolean;
}

export function settings(): Settings {
  const brique = workspace.getConfiguration('brique');
  const engine = brique.get<string>('engine', 'auto');
  return {
    engine: ENGINE_CHOICES.find((choice) => choice === engine) ?? 'auto',
    node: brique.get<string>('node', '').trim() || undefined,
    openPanel: brique.get<boolean>('runs.openPanel', true),
  };
}
