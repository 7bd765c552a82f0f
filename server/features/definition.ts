import type { Feature } from '../session';

export const definition: Feature = {
  capabilities: () => ({ definitionProvider: true }),
  register(session) {
    session.connection.onDefinition(async (request) => {
      const at = await session.at(request);
      const found = at ? session.workspace.definition(at.file, at.offset) : [];
      return found.map((location) => session.location(location));
    });
  },
};
