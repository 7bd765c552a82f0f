import type { Feature } from '../session';

/** ▶ above a composition. The commands are the editor's: they take the file's URI and the model's name. */
export const lenses: Feature = {
  capabilities: () => ({ codeLensProvider: {} }),
  register(session) {
    session.connection.onCodeLens(async ({ textDocument }) => {
      const file = await session.find(textDocument);
      if (file === undefined) return [];
      return session.workspace.runnables(file).flatMap(({ model, range }) => {
        const lens = (title: string, command: string) => ({
          range: session.range(file, range),
          command: { title, command, arguments: [textDocument.uri, model] },
        });
        return [lens('▶ Train', 'brique.train'), lens('▶ Evaluate', 'brique.evaluate')];
      });
    });
  },
};
