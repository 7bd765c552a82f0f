import { applyEdits, type Edit, insertAt, replaceValue } from '../language/syntax/edits';
import { parse } from '../language/syntax/parse';
import { at, entryAt } from '../language/syntax/path';
import type { Workspace } from '../language/workspace';
import { CommandFailure } from './failure';
import type { Setting } from './options';

/** Sections of a model whose settings may be changed by their own path. */
const SECTIONS = new Set(['train', 'evaluate', 'tasks', 'parts', 'data']);

/** Changes the model's text as if a person had typed the settings, so that they are checked like the rest. */
export function applySettings(workspace: Workspace, file: string, settings: Setting[]): void {
  let text = workspace.source(file)?.text ?? '';
  for (const setting of settings) text = applySetting(text, setting);
  if (settings.length > 0) workspace.setFile(file, text);
}

function applySetting(text: string, { path: written, value }: Setting): string {
  const tree = parse(text);
  const [first, ...rest] = written;
  const isPart = at(tree, ['parts', first!]) !== undefined;
  if (!isPart && !SECTIONS.has(first!)) {
    const parts = at(tree, ['parts']);
    const names = parts?.kind === 'map' ? parts.entries.map(({ key }) => String(key.value)) : [];
    throw new CommandFailure(
      `--set ${written.join('.')}: there is no part ${first}; there are ${names.join(', ')}`,
    );
  }
  const path = isPart ? ['parts', first!, 'params', ...rest] : written;
  const entry = entryAt(tree, path);
  const edit: Edit | undefined = entry?.value
    ? replaceValue(entry.value, value)
    : insertMissing(text, path, value);
  if (!edit)
    throw new CommandFailure(`--set ${written.join('.')}: ${path.join('.')} is no place for a setting`);
  return applyEdits(text, [edit]);
}

/** Puts the deepest missing key in place, with the rest of the path inside it. */
function insertMissing(text: string, path: string[], value: string): Edit | undefined {
  const tree = parse(text);
  let depth = path.length - 1;
  while (depth > 0 && !entryAt(tree, path.slice(0, depth))) depth -= 1;
  const inner = path.slice(depth + 1).reduceRight((content, key) => `{ ${key}: ${content} }`, value);
  return insertAt(tree, path.slice(0, depth), path[depth]!, inner);
}

/** As the run's record keeps them. */
export function settingsRecord(settings: Setting[]): Record<string, string> {
  return Object.fromEntries(settings.map(({ path, value }) => [path.join('.'), value]));
}
