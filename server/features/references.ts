import { search } from '../search';
import type { Feature } from '../session';

export const references: Feature = {
  capabilities: () => ({ referencesProvider: true }),
  register(session) {
    session.connection.onReferences(async (request, token) => {
      const at = await session.at(request);
      const found = at ? await search(session, at, token) : [];
      return found
        .slice(request.context.includeDeclaration ? 0 : 1)
        .map((location) => session.location(location));
    });
  },
};
