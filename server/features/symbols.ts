import { SymbolKind } from 'vscode-languageserver';
import type { Feature } from '../session';

const kinds = { module: SymbolKind.Class, dataset: SymbolKind.Struct, model: SymbolKind.Module };

/** Bricks, datasets and models, found by name. */
export const symbols: Feature = {
  capabilities: () => ({ workspaceSymbolProvider: true }),
  register(session) {
    session.connection.onWorkspaceSymbol(async ({ query }) => {
      await session.loaded;
      const wanted = query.toLowerCase();
      return session.workspace
        .named()
        .filter(({ name }) => name.toLowerCase().includes(wanted))
        .map(({ name, kind, detail, ...location }) => ({
          name,
          kind: kinds[kind],
          containerName: detail,
          location: session.location(location),
        }));
    });
  },
};
