import { MODELS_REQUEST, type ModelSummary } from '../../protocol/models';
import type { Feature } from '../session';

/** Which models there are, for the editor's menus. */
export const models: Feature = {
  capabilities: () => ({}),
  register(session) {
    session.connection.onRequest(MODELS_REQUEST, async (): Promise<ModelSummary[]> => {
      await session.loaded;
      const { workspace, files } = session;
      const found = workspace.files().flatMap((file) => {
        const version = workspace.source(file)?.declaration?.version?.value;
        return workspace.runnables(file).map(({ model }) => ({
          name: model,
          uri: files.uri(file),
          ...(version === undefined ? {} : { version }),
        }));
      });
      return found.sort((a, b) => a.name.localeCompare(b.name));
    });
  },
};
