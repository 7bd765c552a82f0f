import { existsSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import type { Finding, Severity } from '../language/answers/answers';
import { engineNamed } from '../language/plan/engines/engines';
import { EXIT } from '../protocol/command';
import { buildOf, KeptFindings } from '../registry/kept-findings';
import { workspaceRoot } from '../registry/root';
import { findSources, libraryFolder, loadWorkspace, SOURCE_ENDING } from '../registry/sources';
import { CommandFailure } from './failure';
import { findingsOf } from './findings';
import { type Fixed, fixedText, fixesOf, fixFiles } from './fix';
import { githubOf } from './formats/github';
import { jsonOf } from './formats/json';
import { sarifOf } from './formats/sarif';
import { summaryOf, textOf } from './formats/text';
import { tellUnreadable } from './load';
import { isLocked } from './lock';
import type { CommonOptions } from './options';
import { note, paintFor, print, printJson } from './output';
import { version } from './version';

export const CHECK_FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

export interface CheckOptions extends CommonOptions {
  format: CheckFormat;
  failOn: Severity;
  fix?: boolean;
  dryRun?: boolean;
  /** Whether `brique.lock` must be what the files ask for. */
  frozen?: boolean;
  /** What is to run it, whichever the workspace file chooses. */
  engine?: string;
  /** Whether findings of an earlier check are made use of. */
  cache: boolean;
}

const SEVERITIES: Severity[] = ['error', 'warning', 'information', 'hint'];

/**
 * Checks files and folders; the current folder without any. Findings are results, so they go to stdout. With `--fix`
 * they are what is left once everything safe is fixed.
 */
export async function check(named: string[], options: CheckOptions): Promise<number> {
  const targets = (named.length > 0 ? named : ['.']).map(target);
  const roots = targets.map(({ path, isFolder }) =>
    resolve(options.root ?? workspaceRoot(isFolder ? path : dirname(path), process.cwd())),
  );
  const paths = [...new Set([...roots, ...targets.map(({ path }) => path)])];
  // Of a part of a workspace, no more is read than it needs.
  const isForFew = !roots.some((root) => targets.some(({ path }) => isWithin(root, path)));
  const loaded = loadWorkspace(paths, { isForFew });
  tellUnreadable(loaded);
  const { workspace } = loaded;
  // `graph` and `eager` are two ways of running the step of the shipped engine.
  const engine = options.engine === undefined ? undefined : engineNamed(options.engine).name;
  if (engine !== undefined) workspace.setEngine(engine);
  const build = options.cache ? buildOf(__filename) : undefined;
  const kept = build === undefined ? undefined : new KeptFindings(loaded.folders, build);
  kept?.recall(workspace);
  // The library is known anyway; its files are reported on only where somebody points at them.
  const files = [...loaded.files, ...findSources(libraryFolder())].filter((file) =>
    targets.some(({ path }) => isWithin(file, path)),
  );
  if (files.length === 0 && loaded.unreadable.length === 0) {
    throw new CommandFailure(
      `There is no file that ends in ${SOURCE_ENDING} in ${named.join(', ') || 'this folder'}`,
    );
  }
  const fixed = options.fix ? fixFiles(workspace, files, options.dryRun === true) : undefined;
  if (fixed) tellFixed(fixed, options);
  const findings = await findingsOf(loaded, files, options.quiet ? undefined : process.stderr, kept, engine);
  report(findings, files, options, workspace, fixed);
  const stale = options.frozen ? [...new Set(roots)].filter((root) => !isLocked(root)) : [];
  if (loaded.unreadable.length > 0) return EXIT.misuse;
  if (stale.length > 0) return EXIT.findings;
  const least = SEVERITIES.indexOf(options.failOn);
  return findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= least) ? EXIT.findings : EXIT.fine;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

function tellFixed(fixed: Fixed, { dryRun, quiet, json, format }: CheckOptions): void {
  if (dryRun && !json && format === 'text' && fixed.difference !== '') print(fixed.difference);
  if (quiet || (fixed.done.length === 0 && !dryRun)) return;
  note(
    fixed.done.length > 0
      ? `${dryRun ? 'Would make' : 'Made'} ${fixedText(fixed)}`
      : 'There is nothing that is safe to fix by itself',
  );
}

function target(path: string): { path: string; isFolder: boolean } {
  const absolute = resolve(path);
  if (!existsSync(absolute)) throw new CommandFailure(`There is no file or folder ${path}`);
  const isFolder = statSync(absolute).isDirectory();
  if (!isFolder && !absolute.endsWith(SOURCE_ENDING)) {
    throw new CommandFailure(`${path} is no brick: its name does not end in ${SOURCE_ENDING}`);
  }
  return { path: absolute, isFolder };
}

function report(
  findings: Finding[],
  files: string[],
  options: CheckOptions,
  workspace: Parameters<typeof textOf>[1],
  fixed: Fixed | undefined,
): void {
  switch (options.json ? 'json' : options.format) {
    case 'json':
      printJson({ ...jsonOf(findings, workspace, files), ...(fixed ? { fixed: fixesOf(fixed) } : {}) });
      return;
    case 'sarif':
      printJson(sarifOf(findings, workspace, version()));
      return;
    case 'github':
      if (findings.length > 0) print(githubOf(findings, workspace));
      return;
    case 'text':
      if (findings.length > 0) print(textOf(findings, workspace, paintFor(process.stdout)));
      if (!options.quiet) note(`${findings.length > 0 ? '\n' : ''}${summaryOf(findings, files.length)}`);
  }
}
