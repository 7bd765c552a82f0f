/** `brique lock`: pins the published versions that the workspace uses. */
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { PublishedVersion } from '../language/names/published';
import { LOCK_FILE, type Lock, type LockEntry } from '../language/versions/lock/lock';
import { type Locking, makeLock } from '../language/versions/lock/make';
import { mergedLock, readLock } from '../language/versions/lock/read';
import { takenBy } from '../language/versions/lock/taken';
import { lockText, pinsTheSame } from '../language/versions/lock/write';
import { EXIT } from '../protocol/command';
import { PublishedVersions } from '../registry/published/host';
import { registryFolders } from '../registry/published/open';
import { workspaceRoot } from '../registry/root';
import { type Loaded, loadWorkspace } from '../registry/sources';
import { CommandFailure } from './failure';
import { findingsDocument } from './formats/json';
import { textOf } from './formats/text';
import { tellUnreadable } from './load';
import type { CommonOptions } from './options';
import { note, paintFor, print, printJson } from './output';
import { shownPath } from './shown-path';

export interface LockOptions extends CommonOptions {
  frozen?: boolean;
  /** Bricks to choose anew, or all of them. */
  update?: string[] | true;
}

/** Without these nothing can be said of what versions there should be. */
const BLOCKING = new Set([
  'version-conflict',
  'no-matching-version',
  'unresolved-module',
  'version-broken',
  'hash-mismatch',
]);

/** What is locked and what would be. */
interface State {
  file: string;
  text: string | undefined;
  before: Lock | undefined;
  after: Lock;
  isSame: boolean;
}

/** Exit code 1 where versions cannot be chosen, and with `--frozen` where the lock would be another one. */
export async function lock(options: LockOptions): Promise<number> {
  const root = resolve(options.root ?? workspaceRoot(process.cwd(), process.cwd()));
  const state = stateOf(root, options);
  if (options.frozen) return frozen(state, options);
  const { file, text, after } = state;
  const next = lockText(after);
  const isWritten = (after.entries.length > 0 || text !== undefined) && next !== text;
  if (isWritten) write(file, next);
  tell(state, isWritten, options);
  return EXIT.fine;
}

/** Whether the lock of a root is what its files ask for; what is not is told on stderr. */
export function isLocked(root: string): boolean {
  try {
    const state = stateOf(root, { frozen: true });
    if (!state.isSame) note(staleText(state));
    return state.isSame;
  } catch (error) {
    // Whoever asks goes on with findings of its own.
    if (!(error instanceof CommandFailure)) throw error;
    note(error.message);
    return false;
  }
}

function stateOf(root: string, options: LockOptions): State {
  const file = join(root, LOCK_FILE);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new CommandFailure(`${shownPath(file)} is a folder, and must be a file`);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const before = text === undefined ? undefined : known(text, file, options);
  const published = new PublishedVersions(() => before && lockText(withoutUpdated(before, options)));
  const loaded = loadWorkspace([root], { published });
  tellUnreadable(loaded);
  const after = made(loaded, root, before, published);
  const isSame =
    after.entries.length === 0 ? !before?.entries.length : !!before && pinsTheSame(before, after);
  return { file, text, before, after, isSame };
}

/** What a merge has broken is put together again; with `--frozen` it is refused. */
function known(text: string, file: string, { frozen, quiet }: LockOptions): Lock {
  const read = readLock(text);
  if ('lock' in read) return read.lock;
  const { line, message, isLater } = read.problem;
  const what = `${shownPath(file)} cannot be read: at line ${line}, ${message}`;
  if (isLater) throw new CommandFailure(what, EXIT.findings, 'Update Brique, or delete the file.');
  if (frozen)
    throw new CommandFailure(what, EXIT.findings, 'brique lock puts together what can still be read.');
  if (!quiet) note(`${what}; it is made anew from what can still be read`);
  return mergedLock(text);
}

function withoutUpdated(lock: Lock, { update }: LockOptions): Lock {
  if (update === undefined) return lock;
  const names = update === true ? lock.entries.map(({ name }) => name) : update;
  const unknown = names.find((name) => !lock.entries.some((entry) => entry.name === name));
  if (unknown !== undefined) throw new CommandFailure(`${unknown} is not in ${LOCK_FILE}`);
  return { entries: lock.entries.filter(({ name }) => !names.includes(name)) };
}

function made(
  { workspace, files }: Loaded,
  root: string,
  before: Lock | undefined,
  published: PublishedVersions,
): Lock {
  const own = files.filter((file) => workspace.rootOf(file) === root + sep);
  const blocking = own.flatMap((file) => workspace.check(file)).filter(({ rule }) => BLOCKING.has(rule));
  if (blocking.length > 0) {
    note(textOf(blocking, workspace, paintFor(process.stderr)));
    const what = 'Versions cannot be chosen';
    throw new CommandFailure(what, EXIT.findings, undefined, findingsDocument(blocking, workspace));
  }
  const locking = own.flatMap((file): Locking[] => {
    const analysis = workspace.analysis(file);
    if (analysis?.declaration?.name === undefined) return [];
    const { resolution, catalogue: names } = analysis;
    return [{ taken: takenBy(analysis), resolution, names }];
  });
  const folders = registryFolders(root);
  const describe = (version: PublishedVersion) => ({
    from: folders.find((folder) => resolve(root, folder) === version.registry) ?? version.registry,
    parents: published.trained({ root: root + sep, folders }, version)?.parents ?? [],
  });
  return makeLock(locking, before, describe);
}

function frozen(state: State, { json, quiet }: LockOptions): number {
  const { file, before, after, isSame } = state;
  const changes = changed(before, after);
  if (json) printJson({ file, upToDate: isSame, changes });
  else if (isSame) {
    if (!quiet) note(`${shownPath(file)} is up to date`);
  } else {
    for (const change of changes) print(shown(change));
    note(staleText(state));
  }
  return isSame ? EXIT.fine : EXIT.findings;
}

function staleText({ file, before }: State): string {
  const what = before ? 'is not what the workspace asks for' : 'is not there';
  return `${shownPath(file)} ${what}; run brique lock`;
}

interface Changed {
  change: 'added' | 'removed' | 'changed';
  name: string;
  version: string;
  /** Why it is not the newest. */
  passedOver?: string;
}

function changed(before: Lock | undefined, after: Lock): Changed[] {
  const old = before?.entries ?? [];
  const is = (a: LockEntry) => (b: LockEntry) => a.name === b.name && a.version === b.version;
  const row = (change: Changed['change'], { name, version, passedOver }: LockEntry): Changed => ({
    ...{ change, name, version },
    ...(passedOver === undefined ? {} : { passedOver }),
  });
  return [
    ...old.filter((entry) => !after.entries.some(is(entry))).map((entry) => row('removed', entry)),
    ...after.entries.flatMap((entry) => {
      const known = old.find(is(entry));
      if (!known) return [row('added', entry)];
      return pinsTheSame({ entries: [known] }, { entries: [entry] }) ? [] : [row('changed', entry)];
    }),
  ];
}

function shown({ change, name, version, passedOver }: Changed): string {
  const mark = { added: '+', removed: '-', changed: '~' }[change];
  const isTold = passedOver !== undefined && change !== 'removed';
  return `${mark} ${name} ${version}${isTold ? `  (not ${passedOver})` : ''}`;
}

function tell({ file, before, after }: State, isWritten: boolean, { json, quiet }: LockOptions): void {
  const changes = changed(before, after);
  if (json) printJson({ file, written: isWritten, changes });
  else for (const change of changes) print(shown(change));
  if (json || quiet) return;
  const count = after.entries.length;
  const name = shownPath(file);
  if (count === 0 && !before) note('Nothing comes from a registry, so there is nothing to lock');
  else
    note(
      `${name} ${isWritten ? 'pins' : 'is up to date and pins'} ${count} ${count === 1 ? 'version' : 'versions'}`,
    );
}

/** At once, so that whoever reads it meanwhile sees one or the other. */
function write(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
}
