import { DocumentHighlightKind } from 'vscode-languageserver';
import { sameLocation, soughtAt, usesIn } from '../../language/answers/references';
import type { Feature } from '../session';

/** All places in a file that mean what the cursor is on. */
export const highlights: Feature = {
  capabilities: () => ({ documentHighlightProvider: true }),
  register(session) {
    session.connection.onDocumentHighlight(async (request) => {
      const at = await session.at(request);
      const analysis = at && session.workspace.analysis(at.file);
      const sought = analysis && soughtAt(analysis, at.offset);
      if (!sought) return [];
      return usesIn(analysis, sought).map((location) => ({
        range: session.range(at.file, location.range),
        kind: sameLocation(location, sought.declared)
          ? DocumentHighlightKind.Write
          : DocumentHighlightKind.Read,
      }));
    });
  },
};
