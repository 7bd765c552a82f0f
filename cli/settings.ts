import type { ModelDeclaration } from '../language/names/declarations';
import { nearest } from '../language/names/nearest';
import { schemaAt } from '../language/schema/at';
import { applyEdits, type Edit, insertAt, replaceValue } from '../language/syntax/edits';
import { parse } from '../language/syntax/parse';
import { entryAt } from '../language/syntax/path';
import type { Tree } from '../language/syntax/tree';
import type { Workspace } from '../language/workspace';
import { CommandFailure } from './failure';
import type { Setting } from './options';

/** Sections of a model whose settings may be changed by their own path. */
const SECTIONS = ['train', 'evaluate', 'tasks', 'parts', 'data'];
/** Those whose keys are names. */
const NAMED = ['tasks', 'parts', 'data'] as const;

/** Changes the model's text as if a person had typed the settings, so that they are checked like the rest. */
export function applySettings(workspace: Workspace, file: string, settings: Setting[]): void {
  const declaration = workspace.analysis(file)?.declaration;
  if (declaration?.kind !== 'model') return;
  let text = workspace.source(file)?.text ?? '';
  for (const setting of settings) text = applySetting(text, setting, declaration);
  if (settings.length > 0) workspace.setFile(file, text);
}

function applySetting(
  text: string,
  { path: written, value, option }: Setting,
  model: ModelDeclaration,
): string {
  const what = option ?? `--set ${written.join('.')}`;
  const [first, second, ...rest] = written as [string, ...string[]];
  const isPart = model.parts.has(first);
  if (!isPart && !SECTIONS.includes(first))
    throw new CommandFailure(
      `${what}: there is no part ${first}; ${thereAre(first, [...model.parts.keys()])}`,
    );
  const path = isPart ? ['parts', first, 'params', ...written.slice(1)] : written;
  const section = isPart ? undefined : NAMED.find((name) => name === first);
  if (section && rest.length > 0 && !model[section].has(second!)) {
    const one = { tasks: 'task', parts: 'part', data: 'dataset' }[section];
    throw new CommandFailure(
      `${what}: there is no ${one} ${second}; ${thereAre(second!, [...model[section].keys()])}`,
    );
  }
  const tree = parse(text);
  demandKnown(what, path, tree);
  const entry = entryAt(tree, path);
  const edit: Edit | undefined = entry?.value
    ? replaceValue(entry.value, value)
    : insertMissing(text, path, value);
  if (!edit) throw new CommandFailure(`${what}: ${path.join('.')} is no place for a setting`);
  return applyEdits(text, [edit]);
}

/** Fails at the first key that the format does not have, saying which keys there are. */
function demandKnown(what: string, path: string[], tree: Tree): void {
  for (const [depth, key] of path.entries()) {
    const around = schemaAt('model', path.slice(0, depth), tree);
    const known = around?.keys.map(({ name }) => name) ?? [];
    if (!around || around.open || known.length === 0 || known.includes(key) || key.startsWith('x-')) continue;
    throw new CommandFailure(
      `${what}: there is no ${key} in ${path.slice(0, depth).join('.')}; ${thereAre(key, known)}`,
    );
  }
}

function thereAre(wrong: string, known: string[]): string {
  if (known.length === 0) return 'there is none';
  const meant = nearest(wrong, known);
  return `${meant ? `did you mean ${meant}? T` : 't'}here ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}`;
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
