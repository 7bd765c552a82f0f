/** Where things stand in a version's text, and edits that put them back. */
import type { Location, TextEdit } from '../../answers/answers';
import { insertAt } from '../../syntax/edits';
import { entryAt, type Path } from '../../syntax/path';
import type { Range } from '../../syntax/tree';
import type { Side } from './pair';

export function place({ source }: Side, range: Range): Location {
  return { file: source.file, range };
}

/** The key at that path; the brick's name where it is not written. */
export function placeOf(side: Side, path: Path): Location {
  const entry = entryAt(side.source.tree, path);
  return place(side, entry?.key.range ?? side.module.name?.range ?? side.module.root.range);
}

/** Writes what the old version says at a path into the new one, in the place of what is there. */
export function restored(old: Side, next: Side, path: Path): TextEdit[] {
  const before = entryAt(old.source.tree, path);
  if (!before?.value) return [];
  const value = old.source.text.slice(before.value.range.start, before.value.range.end);
  const now = entryAt(next.source.tree, path);
  if (now?.value) return [{ ...place(next, now.value.range), text: value }];
  return inserted(next, path, value);
}

/** A new entry; its section comes with it where there is none. */
export function inserted(next: Side, path: Path, value: string): TextEdit[] {
  const { tree } = next.source;
  const [above, key] = [path.slice(0, -1), String(path.at(-1))];
  const isNew = above.length === 1 && !entryAt(tree, above);
  if (isNew && value.includes('\n')) return [];
  const inFlow = /[[\],{}]/.test(value) && !/^["'[{]/.test(value) ? JSON.stringify(value) : value;
  const edit = isNew
    ? insertAt(tree, [], String(above[0]), `{ ${key}: ${inFlow} }`)
    : insertAt(tree, above, key, value);
  return edit ? [{ ...place(next, edit.range), text: edit.text }] : [];
}

/** As code, several after each other: `a`, `b` and `c`. */
export function quoted(names: readonly string[]): string {
  const all = names.map((name) => `\`${name}\``);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
