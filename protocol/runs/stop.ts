/** Asks a run to stop, wherever it runs: by a file in its folder, which needs no signal, no port and no shell. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STOP_FILE } from './read';

/** The run finishes its step, keeps its weights and ends as cancelled. Throws where the folder cannot be written. */
export function requestStop(folder: string): void {
  writeFileSync(join(folder, STOP_FILE), '');
}
