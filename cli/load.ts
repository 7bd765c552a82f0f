/** Finds the model that a person names. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Finding } from '../language/answers/answers';
import { nearest } from '../language/names/nearest';
import type { Plan } from '../language/plan/format';
import { hinders } from '../language/rules/rules';
import { EXIT } from '../protocol/command';
import { workspaceRoot } from '../registry/root';
import { type Loaded, loadWorkspace, SOURCE_ENDING } from '../registry/sources';
import { CommandFailure } from './failure';
import { findingsDocument } from './formats/json';
import { textOf } from './formats/text';
import type { CommonOptions, Setting } from './options';
import { note, paintFor } from './output';
import { applySettings } from './settings';

export interface FoundModel {
  root: string;
  file: string;
  loaded: Loaded;
}

/** A model by its file or its name. Fails with what helps. */
export function findModel(argument: string, options: CommonOptions): FoundModel {
  return looksLikeFile(argument) ? byFile(argument, options) : byName(argument, options);
}

function looksLikeFile(argument: string): boolean {
  return argument.endsWith(SOURCE_ENDING) || /[\\/]/.test(argument) || /\.ya?ml$/.test(argument);
}

function byFile(argument: string, options: CommonOptions): FoundModel {
  const file = resolve(argument);
  if (!existsSync(file)) {
    // A scoped name holds a slash too.
    if (!argument.endsWith('.yaml') && !argument.startsWith('.')) return byName(argument, options);
    throw new CommandFailure(`There is no file ${argument}`);
  }
  if (!statSync(file).isFile() || !file.endsWith(SOURCE_ENDING)) {
    throw new CommandFailure(`${argument} is no brick: its name does not end in ${SOURCE_ENDING}`);
  }
  const root = resolve(options.root ?? workspaceRoot(dirname(file), process.cwd()));
  const loaded = loadWorkspace([root, file], { isForFew: true });
  tellUnreadable(loaded);
  if (!loaded.files.includes(file)) readFileSync(file);
  return { root, file, loaded };
}

function byName(name: string, options: CommonOptions): FoundModel {
  const root = resolve(options.root ?? workspaceRoot(process.cwd(), process.cwd()));
  const loaded = loadWorkspace([root], { isForFew: true });
  tellUnreadable(loaded);
  const models = loaded.files.flatMap((file) => {
    const header = loaded.workspace.source(file)?.header;
    return header?.kind === 'model' && header.name !== undefined ? [{ file, name: header.name }] : [];
  });
  const found = models.filter((model) => model.name === name);
  if (found.length === 1) return { root, file: found[0]!.file, loaded };
  if (found.length > 1) {
    const files = found.map(({ file }) => relative(process.cwd(), file)).join(', ');
    throw new CommandFailure(`Several files are called ${name}: ${files}`, EXIT.misuse, 'Name the file.');
  }
  const names = models.map((model) => model.name);
  const meant = nearest(name, names);
  throw new CommandFailure(
    `There is no model ${name} below ${root}${meant ? `; did you mean ${meant}?` : ''}`,
    EXIT.misuse,
    names.length > 0 ? `There are ${names.join(', ')}.` : `Models are files that end in ${SOURCE_ENDING}.`,
  );
}

/** The model's plan. Prints what is wrong and fails where it has errors. */
export function planOf(model: FoundModel, options: CommonOptions, settings: Setting[] = []): Plan {
  const { workspace } = model.loaded;
  const wasRight = settings.length > 0 && workspace.plan(model.file).plan !== undefined;
  applySettings(workspace, model.file, settings);
  const { plan, findings } = workspace.plan(model.file);
  if (plan) return plan;
  const errors = findings.filter(hinders);
  if (wasRight && errors[0]) throw wrongSetting(errors[0], settings);
  if (!options.json) note(textOf(errors, workspace, paintFor(process.stderr)));
  const name = relative(process.cwd(), model.file);
  const what =
    errors.length > 0
      ? `${name} has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}, so it cannot run`
      : `${name} is no model, so it cannot run`;
  const exitCode = errors.length > 0 ? EXIT.findings : EXIT.misuse;
  throw new CommandFailure(what, exitCode, undefined, findingsDocument(errors, workspace));
}

/** What was right before the command line changed it is wrong use of the command line. */
function wrongSetting({ message, help }: Finding, settings: Setting[]): CommandFailure {
  const written = settings.map(({ option, path, value }) => option ?? `--set ${path.join('.')}=${value}`);
  return new CommandFailure(`${written.join(' ')}: ${message.split('\n')[0]}`, EXIT.misuse, help);
}

export function tellUnreadable({ unreadable }: Loaded): void {
  for (const { path, why } of unreadable) note(`${relative(process.cwd(), path)} cannot be read: ${why}`);
}
