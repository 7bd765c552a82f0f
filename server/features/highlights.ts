import type { Feature } from '../session';

/** All places in a file that mean what the cursor is on. */
export const highlights: Feature = {
  capabilities: () => ({ documentHighlightProvider: true }),
  register(session) {
    session.connection.onDocumentHighlight(async (request) => {
      const at = await session.at(request);
      const found = at ? session.workspace.references(at.file, at.offset) : [];
      return found
        .filter(({ file }) => file === at?.file)
        .map(({ range }) => ({ range: session.range(at!.file, range) }));
    });
  },
};
