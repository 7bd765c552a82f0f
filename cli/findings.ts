/** Checks many files, on several processors where that is worth starting them. */
import { existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Finding } from '../language/answers/answers';
import { type KeptState, NOTHING_KEPT } from '../language/database/kept-state';
import type { Origin } from '../language/names/source-file';
import { Workspace } from '../language/workspace';
import { durationText } from '../protocol/runs/words';
import { weights } from '../registry/beside-weights';
import type { KeptFindings } from '../registry/kept-findings';
import { PublishedVersions } from '../registry/published/host';
import { run } from '../registry/run-facts';
import { sha256 } from '../registry/sha256';
import { dataFile, findSources, type Loaded, libraryFolder } from '../registry/sources';
import { tokenizer } from '../registry/tokenizers';

/** Each worker reads the names of all files once more, and parses again what several have to look into. */
const WORTH_A_WORKER = 200;
const MOST_WORKERS = 7;
/** Neighbours often look into the same files. */
const AT_ONCE = 16;
const QUIET_MS = 1_000;
/** Characters of text whose trees are kept by all of them together; a tree takes about 30 times as many bytes. */
const MOST_TREES = 2 ** 25;
const PROGRAM = join(__dirname, 'check-worker.cjs');

/** What a worker is given. */
export interface Share {
  files: string[];
  folders: readonly string[];
  sources: { file: string; text: string; origin: Origin }[];
  /** How many files were taken so far, by all of them. */
  taken: Int32Array;
  /** Characters of text whose trees are kept. */
  trees: number;
  /** Whether what was found will be kept on disk. */
  isKept: boolean;
  /** Whose findings they are, where that was asked for. */
  engine: string | undefined;
}

type Found = Map<string, Finding[]>;

interface Done {
  found: Found;
  state: KeptState | undefined;
}

/**
 * The findings of the files, in their order. What takes long tells `progress`, where somebody looks, how far it is.
 * With `kept`, what was found before is not computed again, and what is found now is kept.
 */
export async function findingsOf(
  loaded: Loaded,
  files: string[],
  progress: NodeJS.WriteStream | undefined,
  kept: KeptFindings | undefined,
  engine?: string,
): Promise<Finding[]> {
  const { workspace } = loaded;
  const unknown = files.filter((file) => !workspace.isKnown(file));
  const found = await computed(loaded, unknown, progress, { isKept: kept !== undefined, engine });
  if (unknown.length > 0) kept?.keep(workspace);
  return files.flatMap((file) => found.get(file) ?? workspace.check(file));
}

async function computed(
  loaded: Loaded,
  files: string[],
  progress: NodeJS.WriteStream | undefined,
  asked: Pick<Share, 'isKept' | 'engine'>,
): Promise<Found> {
  const count = helpersFor(files);
  // What a container may take is less than what the machine has.
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  const trees = Math.min(MOST_TREES, memory / 256) / (count + 1);
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const helpers = count > 0 ? start(count, shareOf(loaded, { files, taken, trees, ...asked })) : [];
  const told = progress?.isTTY ? progressOn(progress, files.length) : undefined;
  loaded.workspace.keepTrees(trees);
  const found = takeFrom(loaded.workspace, files, taken, told?.update);
  for (const done of await Promise.all(helpers)) {
    for (const [file, findings] of done.found) found.set(file, findings);
    if (done.state) loaded.workspace.recall(done.state, sha256);
  }
  told?.end();
  return found;
}

/** In a worker: checks what nobody has taken yet. */
export function takeShare({ files, folders, sources, taken, trees, isKept, engine }: Share): Done {
  const workspace = new Workspace({ dataFile, tokenizer, weights, run, published: new PublishedVersions() });
  workspace.keepTrees(trees);
  workspace.setFolders(folders);
  if (engine !== undefined) workspace.setEngine(engine);
  for (const { file, text, origin } of sources) workspace.setFile(file, text, origin);
  if (isKept) workspace.recall(NOTHING_KEPT, sha256);
  return { found: takeFrom(workspace, files, taken), state: workspace.state };
}

function takeFrom(
  workspace: Workspace,
  files: string[],
  taken: Int32Array,
  tell?: (done: number) => void,
): Found {
  const found: Found = new Map();
  for (;;) {
    const start = Atomics.add(taken, 0, AT_ONCE);
    tell?.(start);
    if (start >= files.length) return found;
    const end = Math.min(start + AT_ONCE, files.length);
    for (const file of files.slice(start, end)) found.set(file, workspace.check(file));
  }
}

function helpersFor(files: string[]): number {
  const wanted = Math.floor(files.length / WORTH_A_WORKER);
  return existsSync(PROGRAM) ? Math.min(wanted, MOST_WORKERS, availableParallelism() - 1) : 0;
}

function shareOf(loaded: Loaded, rest: Omit<Share, 'folders' | 'sources'>): Share {
  // Their texts as they are here, where fixes may have been tried.
  const sources = [...findSources(libraryFolder()), ...loaded.files].flatMap((file) => {
    const source = loaded.workspace.source(file);
    return source ? [{ file, text: source.text, origin: source.origin }] : [];
  });
  return { ...rest, folders: loaded.folders, sources };
}

function start(count: number, workerData: Share): Promise<Done>[] {
  return Array.from(
    { length: count },
    () =>
      new Promise<Done>((resolve, reject) => {
        new Worker(PROGRAM, { workerData }).once('message', resolve).once('error', reject);
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
