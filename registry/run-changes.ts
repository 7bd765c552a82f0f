import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EVENTS_FILE, EventLines, isMissing, readFrom } from '../protocol/runs/read';

interface Seen {
  size: number;
  hasEnded: boolean;
}

/** The last event of a run is shorter. */
const TAIL_BYTES = 1 << 16;

/** Tells whether runs came, ended or went away. Of a run that goes on only the end of what it has written is read. */
export class RunChanges {
  #seen: ReadonlyMap<string, Seen> | undefined;

  constructor(readonly folder: string) {}

  /** Whether anything is other than at the last look; false at the first. */
  look(): boolean {
    const before = this.#seen;
    const now = new Map(namesIn(this.folder).map((name) => [name, this.#runIn(name)]));
    this.#seen = now;
    if (!before) return false;
    return (
      before.size !== now.size ||
      [...now].some(([name, { hasEnded }]) => before.get(name)?.hasEnded !== hasEnded)
    );
  }

  #runIn(name: string): Seen {
    const events = join(this.folder, name, EVENTS_FILE);
    const size = statSync(events, { throwIfNoEntry: false })?.size ?? 0;
    const known = this.#seen?.get(name);
    return known?.size === size ? known : { size, hasEnded: hasEnded(events, size) };
  }
}

function hasEnded(events: string, size: number): boolean {
  const lines = new EventLines();
  let last: string | undefined;
  readFrom(events, Math.max(0, size - TAIL_BYTES), (bytes) => {
    last = lines.push(bytes).at(-1)?.type ?? last;
  });
  return last === 'run_ended';
}

function namesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith('.') ? entry.name : []));
  } catch (error) {
    if (isMissing(error) || (error as NodeJS.ErrnoException).code === 'EACCES') return [];
    throw error;
  }
}
