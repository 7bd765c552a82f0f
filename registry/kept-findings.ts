/**
 * Findings of a workspace on disk, so that a later session computes only what has changed since. They lie in the
 * user's own cache folder and never in the workspace: a repository that somebody clones must not bring findings along.
 */
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type KeptState, NOTHING_KEPT } from '../language/database/kept-state';
import type { Workspace } from '../language/workspace';
import { sha256 } from './sha256';
import { cacheFolder, keepInCache } from './user-cache';

/** Larger than this is neither read nor written; 2,000 files take about a megabyte. */
const MOST_BYTES = 16 * 2 ** 20;
const ENDING = '.findings';

export class KeptFindings {
  readonly #file: string;
  /** The build that has found them, and where: whatever else is in the file is of no use. */
  readonly #head: string;

  /** `build`: changes with anything that could find something else. */
  constructor(folders: readonly string[], build: string) {
    const id = [build.split(' ')[0], ...folders].join('\n');
    this.#file = join(cacheFolder(), sha256(id).slice(0, 32) + ENDING);
    this.#head = `${build} ${sha256(folders.join('\n'))}`;
  }

  /** Lets the workspace make use of what was kept; a file that is damaged or of another build is as good as none. */
  recall(workspace: Workspace): void {
    workspace.recall(this.#read() ?? NOTHING_KEPT, sha256);
  }

  keep(workspace: Workspace): void {
    const { state } = workspace;
    if (!state) return;
    const body = JSON.stringify(state);
    if (body.length > MOST_BYTES) return;
    keepInCache(this.#file, `${this.#head} ${sha256(body)}\n${body}`, (name) => name.endsWith(ENDING));
  }

  #read(): KeptState | undefined {
    try {
      if (statSync(this.#file).size > MOST_BYTES) return undefined;
      const text = readFileSync(this.#file, 'utf8');
      const end = text.indexOf('\n');
      const body = text.slice(end + 1);
      if (text.slice(0, Math.max(0, end)) !== `${this.#head} ${sha256(body)}`) return undefined;
      // Nothing but this very build writes what follows such a head.
      return JSON.parse(body) as KeptState;
    } catch {
      // Not there, or not ours to read: everything is computed.
      return undefined;
    }
  }
}

/** The build that this is part of; undefined where it runs from sources, which may change at any time. */
export function buildOf(bundle: string): string | undefined {
  return bundle.endsWith('-bundle.cjs')
    ? `${basename(bundle, '-bundle.cjs')} ${sha256(readFileSync(bundle))}`
    : undefined;
}
