import { dirname, resolve } from 'node:path';
import type { DocumentLink } from 'vscode-languageserver';
import { type Link, linksIn } from '../../language/answers/links';
import { isPath, uriOf } from '../paths';
import type { Feature, Session } from '../session';

export const links: Feature = {
  capabilities: () => ({ documentLinkProvider: {} }),
  register(session) {
    session.connection.onDocumentLinks(async ({ textDocument }) => {
      const file = await session.find(textDocument);
      const analysis = file === undefined ? undefined : session.workspace.analysis(file);
      if (!analysis) return [];
      return linksIn(analysis.source, analysis.catalogue).flatMap((link): DocumentLink[] => {
        const target = targetOf(session, analysis.source.file, link);
        return target === undefined
          ? []
          : [{ range: session.range(analysis.source.file, link.range), target }];
      });
    });
  },
};

function targetOf({ files }: Session, file: string, link: Link): string | undefined {
  if ('url' in link) return link.url;
  if ('file' in link) return files.uri(link.file);
  return isPath(file) ? uriOf(resolve(dirname(file), link.path)) : undefined;
}
