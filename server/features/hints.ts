import { InlayHintKind } from 'vscode-languageserver';
import type { Feature } from '../session';

export const hints: Feature = {
  capabilities: () => ({ inlayHintProvider: true }),
  register(session) {
    session.connection.languages.inlayHint.on(async ({ textDocument, range }) => {
      const file = await session.find(textDocument);
      if (file === undefined) return [];
      const { start, end } = session.offsets(file, range);
      return session.workspace
        .hints(file)
        .filter(({ offset }) => start <= offset && offset <= end)
        .map(({ offset, label }) => ({
          position: session.range(file, { start: offset, end: offset }).start,
          label,
          kind: InlayHintKind.Type,
        }));
    });
    session.onChange(() => {
      if (session.client.workspace?.inlayHint?.refreshSupport)
        void session.connection.languages.inlayHint.refresh();
    });
  },
};
