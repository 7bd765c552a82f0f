import type { Feature } from '../session';

export const references: Feature = {
  capabilities: () => ({ referencesProvider: true }),
  register(session) {
    session.connection.onReferences(async (request) => {
      const at = await session.at(request);
      if (!at) return [];
      const found = session.workspace.references(at.file, at.offset);
      const [declaration] = request.context.includeDeclaration
        ? []
        : session.workspace.definition(at.file, at.offset);
      return found
        .filter(({ file, range }) => file !== declaration?.file || range.start !== declaration.range.start)
        .map((location) => session.location(location));
    });
  },
};
