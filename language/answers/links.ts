/** What a click opens: bricks, datasets and compositions that a file names, and files beside it. */

import type { Names } from '../names/catalogue';
import { locatedText } from '../names/declarations';
import type { SourceFile } from '../names/source-file';
import { get } from '../syntax/path';
import type { Range } from '../syntax/tree';
import { namedBy } from './uses';

/** `file` is an id of the workspace; `path` is written relative to the folder of the file; `url` is one. */
export type Link = { range: Range } & ({ file: string } | { path: string } | { url: string });

export function linksIn(source: SourceFile, catalogue: Names): Link[] {
  const { declaration } = source;
  if (!declaration) return [];
  const bricks = namedBy(declaration).flatMap(({ kind, reference }): Link[] => {
    const lookup = catalogue.find(kind, reference);
    return lookup.status === 'found' ? [{ range: reference.nameRange, file: lookup.source.file }] : [];
  });
  const files =
    declaration.kind === 'module'
      ? [declaration.weights, declaration.code?.language === 'typescript' ? declaration.code.at : undefined]
      : declaration.kind === 'dataset'
        ? declaration.files.map(({ path }) => path)
        : [];
  const paths = files.flatMap((at): Link[] =>
    at && isPlainPath(at.value) ? [{ range: at.range, path: at.value }] : [],
  );
  const web = locatedText(get(declaration.root, 'source'));
  const urls: Link[] = web && /^https?:\/\//.test(web.value) ? [{ range: web.range, url: web.value }] : [];
  return [...bricks, ...paths, ...urls].sort((a, b) => a.range.start - b.range.start);
}

/** One file, and not a pattern or a file of a package. */
function isPlainPath(path: string): boolean {
  return !/[*?[\]{}]/.test(path) && !/^[a-z]+:/.test(path);
}
