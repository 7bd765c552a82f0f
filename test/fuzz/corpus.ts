/** Real workspaces: the examples, those of the documentation, and those in which each rule finds something. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workspace } from '../../language/workspace';
import { findSources, libraryFolder } from '../../registry/sources';
import { fixtures } from '../../scripts/rule-fixtures';
import { repository } from '../../scripts/shell';

export interface Texts {
  name: string;
  /** By file. */
  texts: Map<string, string>;
}

const read = (folder: string): Map<string, string> =>
  new Map(findSources(folder).map((file) => [file, readFileSync(file, 'utf8')]));

export const library = read(libraryFolder());
export const examples: Texts[] = ['examples', 'docs/formats'].map((name) => ({
  name,
  texts: read(join(repository, name)),
}));
const shared = read(join(repository, 'test/language/fixtures/_shared'));
const broken: Texts[] = fixtures().map(({ name, texts }) => ({
  name,
  texts: new Map([...shared, ...texts]),
}));

export const corpus: Texts[] = [...examples, { name: 'modules', texts: library }, ...broken];

/** Of every file its text; to break it, or to take words from. */
export const files = corpus.flatMap(({ texts }) =>
  [...texts].map(([file, text]) => ({ file, text, others: texts })),
);

/** A workspace of these files beside the library. */
export function loaded(texts: Iterable<[string, string]>): Workspace {
  const workspace = new Workspace();
  for (const [file, text] of library) workspace.setFile(file, text, 'library');
  for (const [file, text] of texts) workspace.setFile(file, text);
  return workspace;
}
