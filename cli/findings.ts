/** Checks many files, on several processors where that is worth starting them. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Finding } from '../language/answers/answers';
import type { Origin } from '../language/names/source-file';
import { Workspace } from '../language/workspace';
import { durationText } from '../protocol/runs/words';
import { PublishedVersions } from '../registry/published/host';
import { dataFile, findSources, type Loaded, libraryFolder } from '../registry/sources';
import { tokenizer } from '../registry/tokenizers';

/** Each worker reads the names of all files once more, and parses again what several have to look into. */
const WORTH_A_WORKER = 200;
const MOST_WORKERS = 7;
/** Neighbours often look into the same files. */
const AT_ONCE = 16;
const QUIET_MS = 1_000;

/** What a worker is given. */
export interface Share {
  files: string[];
  folders: readonly string[];
  sources: { file: string; text: string; origin: Origin }[];
  /** How many files were taken so far, by all of them. */
  taken: Int32Array;
}

type Found = [index: number, findings: Finding[]][];

/** The findings of the files, in their order. What takes long tells `progress`, where somebody looks, how far it is. */
export async function findingsOf(
  loaded: Loaded,
  files: string[],
  progress: NodeJS.WriteStream | undefined,
): Promise<Finding[]> {
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const helpers = helpersFor(loaded, files, taken);
  const told = progress?.isTTY ? progressOn(progress, files.length) : undefined;
  const own = takeFrom(loaded.workspace, files, taken, told?.update);
  const found = [own, ...(await Promise.all(helpers))].flat();
  told?.end();
  return found.sort(([a], [b]) => a - b).flatMap(([, findings]) => findings);
}

/** In a worker: checks what nobody has taken yet. */
export function takeShare({ files, folders, sources, taken }: Share): Found {
  const workspace = new Workspace({ dataFile, tokenizer, published: new PublishedVersions() });
  workspace.setFolders(folders);
  for (const { file, text, origin } of sources) workspace.setFile(file, text, origin);
  return takeFrom(workspace, files, taken);
}

function takeFrom(
  workspace: Workspace,
  files: string[],
  taken: Int32Array,
  tell?: (done: number) => void,
): Found {
  const found: Found = [];
  for (;;) {
    const start = Atomics.add(taken, 0, AT_ONCE);
    tell?.(start);
    if (start >= files.length) return found;
    const end = Math.min(start + AT_ONCE, files.length);
    for (let index = start; index < end; index++) found.push([index, workspace.check(files[index]!)]);
  }
}

function helpersFor(loaded: Loaded, files: string[], taken: Int32Array): Promise<Found>[] {
  const program = join(__dirname, 'check-worker.cjs');
  const wanted = Math.floor(files.length / WORTH_A_WORKER);
  const count = Math.min(wanted, MOST_WORKERS, availableParallelism() - 1);
  if (count < 1 || !existsSync(program)) return [];
  // Their texts as they are here, where fixes may have been tried.
  const sources = [...findSources(libraryFolder()), ...loaded.files].flatMap((file) => {
    const source = loaded.workspace.source(file);
    return source ? [{ file, text: source.text, origin: source.origin }] : [];
  });
  const workerData: Share = { files, folders: loaded.folders, sources, taken };
  return Array.from(
    { length: count },
    () =>
      new Promise<Found>((resolve, reject) => {
        new Worker(program, { workerData }).once('message', resolve).once('error', reject);
      }),
  );
}

function progressOn(stream: NodeJS.WriteStream, files: number) {
  const start = performance.now();
  let isShown = false;
  return {
    update(done: number): void {
      const spent = performance.now() - start;
      if (spent < QUIET_MS || done === 0) return;
      const left = durationText((spent * Math.max(0, files - done)) / done / 1_000);
      stream.write(`\r\u001B[2Kchecked ${Math.min(done, files)} of ${files} files · ${left} left`);
      isShown = true;
    },
    end(): void {
      if (isShown) stream.write('\r\u001B[2K');
    },
  };
}
