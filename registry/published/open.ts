import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_REGISTRIES } from '../../language/names/published';
import { WORKSPACE_FILE } from '../../language/names/roots';
import { parse } from '../../language/syntax/parse';
import { asText, get, itemsOf } from '../../language/syntax/path';
import { Registries } from './registries';

/** The registries of a workspace: those its workspace file names, in order, or else the one in `.brique/`. */
export function openRegistries(root: string): Registries {
  return new Registries(root, registryFolders(root));
}

/** As written; relative ones count from the root. */
export function registryFolders(root: string): readonly string[] {
  const file = join(root, WORKSPACE_FILE);
  if (!existsSync(file)) return DEFAULT_REGISTRIES;
  const named = get(parse(readFileSync(file, 'utf8')).root, 'registries');
  return named ? itemsOf(named).flatMap((item) => asText(item) ?? []) : DEFAULT_REGISTRIES;
}
