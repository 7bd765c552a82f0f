/** Finds the brick that a person names. */
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ModuleDeclaration } from '../../language/names/declarations';
import { nearest } from '../../language/names/nearest';
import type { SourceFile } from '../../language/names/source-file';
import { EXIT } from '../../protocol/command';
import { workspaceRoot } from '../../registry/root';
import { type Loaded, loadWorkspace, SOURCE_ENDING } from '../../registry/sources';
import { CommandFailure } from '../failure';
import { tellUnreadable } from '../load';
import type { CommonOptions } from '../options';
import { shownPath } from '../shown-path';

export interface FoundBrick {
  root: string;
  file: string;
  source: SourceFile;
  module: ModuleDeclaration;
  name: string;
  loaded: Loaded;
}

/** A brick of the workspace, by its file or its name. Fails with what helps. */
export function findBrick(argument: string, options: CommonOptions): FoundBrick {
  const path = resolve(argument);
  const isFile = argument.endsWith(SOURCE_ENDING);
  if (isFile && !(existsSync(path) && statSync(path).isFile()))
    throw new CommandFailure(`There is no file ${argument}`);
  const folder = isFile ? dirname(path) : process.cwd();
  const root = resolve(options.root ?? workspaceRoot(folder, process.cwd()));
  const loaded = loadWorkspace(isFile ? [root, path] : [root], { isForFew: true });
  tellUnreadable(loaded);
  const bricks = loaded.files.flatMap((file) => loaded.workspace.source(file) ?? []).filter(isBrick);
  const found = bricks.filter(({ file, header }) => (isFile ? file === path : header.name === argument));
  if (found.length > 1) {
    const files = found.map(({ file }) => shownPath(file)).join(', ');
    throw new CommandFailure(`Several files are called ${argument}: ${files}`, EXIT.misuse, 'Name the file.');
  }
  const [source] = found;
  const module = source?.declaration;
  if (module?.kind !== 'module') return nobody(argument, isFile, bricks);
  const name = module.name?.value;
  if (name === undefined) throw new CommandFailure(`${argument} has no name`);
  return { root, name, loaded, file: source!.file, source: source!, module };
}

function isBrick({ kind }: SourceFile): boolean {
  return kind === 'module';
}

function nobody(argument: string, isFile: boolean, bricks: SourceFile[]): never {
  if (isFile) throw new CommandFailure(`${argument} is no brick: it has no \`kind: module\``);
  const names = bricks.flatMap(({ header }) => header.name ?? []);
  const meant = nearest(argument, names);
  throw new CommandFailure(
    `There is no brick ${argument} in this workspace${meant ? `; did you mean ${meant}?` : ''}`,
    EXIT.misuse,
    names.length > 0 ? `There are ${names.join(', ')}.` : `Bricks are files that end in ${SOURCE_ENDING}.`,
  );
}
