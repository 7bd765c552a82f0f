/**
 * The old version under the names of the new one, as far as `renames` leads from the ones to the others: its users may
 * keep to the old names, so that nothing else is a change.
 */
import type { Location } from '../../answers/answers';
import type { ModuleDeclaration } from '../../names/declarations';
import { renamesOf } from '../../names/renames';
import type { SourceFile } from '../../names/source-file';
import { applyEdits, type Edit } from '../../syntax/edits';
import type { Workspace } from '../../workspace';

export interface Migrated {
  source: SourceFile;
  /** From former names to those of now. */
  names: ReadonlyMap<string, string>;
  /** Where a place stands as it was written. */
  written(place: Location): Location;
}

const MEMBERS = ['inputs', 'outputs', 'params'] as const;

/** Undefined where no port and no param has another name. */
export function migrated(
  old: SourceFile,
  next: ModuleDeclaration,
  workspace: () => Workspace,
): Migrated | undefined {
  const names = new Map<string, string>();
  const steps: Edit[][] = [];
  let source = old;
  for (const { from, to } of renamesOf(next)) {
    const edits = renaming(source, next, from, to, workspace);
    if (!edits) continue;
    const files = workspace();
    files.setFile(source.file, applyEdits(source.text, edits));
    source = files.source(source.file)!;
    names.set(from, to);
    steps.unshift(edits);
  }
  if (names.size === 0) return undefined;
  const written = (offset: number) => steps.reduce(before, offset);
  return {
    ...{ source, names },
    written: ({ file, range }) => ({
      file,
      range: { start: written(range.start), end: written(range.end) },
    }),
  };
}

/** Undefined where it is no port or param in both, or cannot have that name there. */
function renaming(
  { file, text, declaration }: SourceFile,
  next: ModuleDeclaration,
  from: string,
  to: string,
  workspace: () => Workspace,
): Edit[] | undefined {
  if (declaration?.kind !== 'module') return undefined;
  const members = MEMBERS.find((each) => declaration[each].has(from) && next[each].has(to));
  if (!members || next[members].has(from) || declaration[members].has(to)) return undefined;
  const files = workspace();
  files.setFile(file, text);
  const done = files.rename(file, declaration[members].get(from)!.key.start, to);
  return 'edits' in done ? done.edits.filter((edit) => edit.file === file) : undefined;
}

/** The offset before the edits of what is at an offset after them. */
function before(offset: number, edits: readonly Edit[]): number {
  let moved = 0;
  for (const { range, text } of [...edits].sort((a, b) => a.range.start - b.range.start)) {
    const start = range.start + moved;
    if (offset <= start) break;
    const length = range.end - range.start;
    if (offset < start + text.length) return Math.min(range.end, range.start + (offset - start));
    moved += text.length - length;
  }
  return offset - moved;
}
