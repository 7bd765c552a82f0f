import { type DocumentHighlight, DocumentHighlightKind } from 'vscode-languageserver';
import { findingUses, sameLocation, soughtAt } from '../../language/answers/references';
import type { Gradual } from '../../language/gradual';
import type { Feature, Session } from '../session';

/** All places in a file that mean what the cursor is on. */
export const highlights: Feature = {
  capabilities: () => ({ documentHighlightProvider: true }),
  register(session) {
    session.connection.onDocumentHighlight(async (request, token) => {
      const at = await session.at(request);
      if (!at) return [];
      const asked = () => finding(session, at.file, session.offsetOf(at.file, request.position));
      return session.answer(at.file, asked, token);
    });
  },
};

function* finding(session: Session, file: string, offset: number): Gradual<DocumentHighlight[]> {
  const analysis = session.workspace.analysis(file);
  const sought = analysis && soughtAt(analysis, offset);
  if (!sought) return [];
  const uses = yield* findingUses(analysis, sought);
  return uses.map((location) => ({
    range: session.range(file, location.range),
    kind: sameLocation(location, sought.declared) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
