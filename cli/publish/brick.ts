/** Finds the brick that a person names. */
import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { ModuleDeclaration } from '../../language/names/declarations';
import { nearest } from '../../language/names/nearest';
import type { SourceFile } from '../../language/names/source-file';
import { EXIT } from '../../protocol/command';
import { workspaceRoot } from '../../registry/root';
import { type Loaded, loadWorkspace, SOURCE_ENDING } from '../../registry/sources';
import { CommandFailure } from '../failure';
import { tellUnreadable } from '../load';
import type { CommonOptions } from '../options';

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
  const loaded = loadWorkspace(isFile ? [root, path] : [root]);
  tellUnreadable(loaded);
  const bricks = loaded.files.flatMap((file) => {
    const source = loaded.workspace.source(file);
    const module = source?.declaration;
    return source && module?.kind === 'module' ? [{ file, source, module }] : [];
  });
  const found = bricks.filter(({ file, module }) =>
    isFile ? file === path : module.name?.value === argument,
  );
  if (found.length > 1) {
    const files = found.map(({ file }) => relative(process.cwd(), file)).join(', ');
    throw new CommandFailure(`Several files are called ${argument}: ${files}`, EXIT.misuse, 'Name the file.');
  }
  const [brick] = found;
  if (!brick) return nobody(argument, isFile, bricks);
  const name = brick.module.name?.value;
  if (name === undefined) throw new CommandFailure(`${argument} has no name`);
  return { root, name, loaded, ...brick };
}

function nobody(argument: string, isFile: boolean, bricks: { module: ModuleDeclaration }[]): never {
  if (isFile) throw new CommandFailure(`${argument} is no brick: it has no \`kind: module\``);
  const names = bricks.flatMap(({ module }) => module.name?.value ?? []);
  const meant = nearest(argument, names);
  throw new CommandFailure(
    `There is no brick ${argument} in this workspace${meant ? `; did you mean ${meant}?` : ''}`,
    EXIT.misuse,
    names.length > 0 ? `There are ${names.join(', ')}.` : `Bricks are files that end in ${SOURCE_ENDING}.`,
  );
}
