/** `brique check --fix`: every safe fix, written to the files or shown as a difference. */
import { writeFileSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import type { Fix } from '../language/answers/answers';
import type { Workspace } from '../language/workspace';
import { display } from './formats/json';

export interface Fixed {
  done: Fix[];
  /** Unified differences of all changed files, as `git apply` takes them. */
  difference: string;
}

/** Fixes the files in the workspace; on disk too, unless it is only tried. */
export function fixFiles(workspace: Workspace, files: string[], dryRun: boolean): Fixed {
  const before = new Map<string, string>();
  const done: Fix[] = [];
  for (const file of files) {
    const fixed = workspace.fixAll(file);
    done.push(...fixed.done);
    for (const [each, text] of fixed.texts) {
      if (!before.has(each)) before.set(each, workspace.source(each)?.text ?? '');
      workspace.setFile(each, text);
    }
  }
  const changed = [...before].map(([file, text]) => ({ file, text, fixed: workspace.source(file)!.text }));
  if (!dryRun) for (const { file, fixed } of changed) writeFileSync(file, fixed);
  const patches = changed.map(({ file, text, fixed }) =>
    createTwoFilesPatch(`a/${display(file)}`, `b/${display(file)}`, text, fixed, undefined, undefined, {
      headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
    }),
  );
  return { done, difference: patches.join('') };
}

/** `2 fixes in 1 file`. */
export function fixedText({ done }: Fixed): string {
  const files = new Set(done.flatMap((fix) => fix.edits.map(({ file }) => file))).size;
  return `${done.length} fix${done.length === 1 ? '' : 'es'} in ${files} file${files === 1 ? '' : 's'}`;
}

/** For programs. */
export function fixesOf({ done, difference }: Fixed): unknown {
  const fixes = done.map(({ rule, title, edits }) => ({
    rule,
    title,
    files: edits.map((e) => display(e.file)),
  }));
  return { fixes, difference };
}
