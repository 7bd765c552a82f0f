import type { Engine } from './engine';
import { lightning } from './lightning';
import { tensorflow } from './tensorflow';

export const engines: readonly Engine[] = [tensorflow, lightning];

/** The engine of that name; the shipped one where none is named. */
export function engineNamed(name: string | undefined): Engine {
  return engines.find((engine) => engine.name === name) ?? tensorflow;
}
