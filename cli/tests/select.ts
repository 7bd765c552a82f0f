/** Which tests a person means. */
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { nearest } from '../../language/names/nearest';
import type { BrickTest } from '../../language/plan/brick-tests';
import { EXIT } from '../../protocol/command';
import { workspaceRoot } from '../../registry/root';
import {
  findSources,
  type Loaded,
  libraryFolder,
  loadWorkspace,
  SOURCE_ENDING,
} from '../../registry/sources';
import { CommandFailure } from '../failure';
import { tellUnreadable } from '../load';
import type { CommonOptions } from '../options';
import { shownPath } from '../shown-path';

/** A file or folder, or the name of a brick, in which `*` stands for anything. */
type Target = { path: string; line?: number } | { name: string };

export interface Selected {
  tests: BrickTest[];
  /** Bricks that were looked at. */
  bricks: number;
  loaded: Loaded;
}

/**
 * The tests of the named bricks, files and folders, in order of place; those of the whole workspace without any.
 * `file:line` is the one test there. Fails where a name is nobody's.
 */
export function selectTests(args: string[], options: CommonOptions): Selected {
  const targets = args.map(targetOf);
  const paths = targets.flatMap((target) => ('path' in target ? [target.path] : []));
  const here = workspaceRoot(process.cwd(), process.cwd());
  const roots = paths.map((path) => workspaceRoot(folderOf(path), process.cwd()));
  if (paths.length < targets.length || targets.length === 0) roots.push(here);
  const root = options.root === undefined ? roots : [resolve(options.root)];
  const loaded = loadWorkspace([...new Set([...root, ...paths])], { isForFew: targets.length > 0 });
  tellUnreadable(loaded);
  const all = [...loaded.files, ...findSources(libraryFolder())];
  const tests = (targets.length === 0 ? [undefined] : targets).flatMap((target) =>
    target === undefined ? loaded.files : filesOf(target, all, loaded),
  );
  const files = [...new Set(tests)].filter((file) => loaded.workspace.source(file)?.kind === 'module');
  return {
    tests: files.flatMap((file) => atLines(loaded.workspace.tests(file), file, targets)),
    bricks: files.length,
    loaded,
  };
}

function targetOf(text: string): Target {
  const [, path = text, line] = /^(.*\.ya?ml):(\d+)$/.exec(text) ?? [];
  const absolute = resolve(path);
  const isPath = path.endsWith(SOURCE_ENDING) || path.startsWith('.') || line !== undefined;
  if (!isPath && !existsSync(absolute)) return { name: text };
  if (!existsSync(absolute)) throw new CommandFailure(`There is no file or folder ${path}`);
  if (statSync(absolute).isFile() && !absolute.endsWith(SOURCE_ENDING)) {
    throw new CommandFailure(`${path} is no brick: its name does not end in ${SOURCE_ENDING}`);
  }
  return { path: absolute, ...(line === undefined ? {} : { line: Number(line) }) };
}

function folderOf(path: string): string {
  return statSync(path).isDirectory() ? path : dirname(path);
}

function filesOf(target: Target, all: string[], { workspace }: Loaded): string[] {
  if ('path' in target) {
    return all.filter((file) => file === target.path || file.startsWith(target.path + sep));
  }
  const bricks = workspace.named().filter(({ kind }) => kind === 'module');
  const pattern = target.name.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const meant = new RegExp(`^${pattern.join('.*')}$`);
  const found = bricks.filter(({ name }) => meant.test(name)).map(({ file }) => file);
  if (found.length > 0) return found;
  const guess = nearest(
    target.name,
    bricks.map(({ name }) => name),
  );
  throw new CommandFailure(
    `There is no brick ${target.name}${guess ? `; did you mean ${guess}?` : ''}`,
    EXIT.misuse,
    'Name a brick, a file or a folder; without any, all bricks of this workspace are tested.',
  );
}

/** Those at the lines that were asked for in this file, or all. */
function atLines(tests: BrickTest[], file: string, targets: Target[]): BrickTest[] {
  const lines = targets.flatMap((target) =>
    'path' in target && target.path === file && target.line !== undefined ? [target.line] : [],
  );
  if (lines.length === 0) return tests;
  const chosen = lines.map((line) => {
    const test = tests.findLast(({ at }) => at.line <= line);
    if (test) return test;
    throw new CommandFailure(`There is no test at ${shownPath(file)}:${line}`);
  });
  return tests.filter((test) => chosen.includes(test));
}
