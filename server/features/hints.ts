import { InlayHintKind } from 'vscode-languageserver';
import type { HintKind } from '../../language/answers/hints';
import type { Feature } from '../session';

const KINDS: readonly HintKind[] = ['types', 'versions', 'parameters'];

export const hints: Feature = {
  capabilities: () => ({ inlayHintProvider: true }),
  register(session) {
    const { connection } = session;
    connection.languages.inlayHint.on(async ({ textDocument, range }, token) => {
      const file = await session.find(textDocument);
      if (file === undefined) return [];
      const settings = await session.settings('hints', textDocument.uri);
      const kinds = new Set(KINDS.filter((kind) => settings[kind] !== false));
      if (kinds.size === 0 || token.isCancellationRequested) return [];
      return session.workspace.hints(file, session.offsets(file, range), kinds).map((hint) => ({
        position: session.range(file, { start: hint.offset, end: hint.offset }).start,
        label: hint.label,
        ...(hint.kind === 'types' ? { kind: InlayHintKind.Type } : {}),
      }));
    });
    const refresh = () => {
      if (session.client.workspace?.inlayHint?.refreshSupport) void connection.languages.inlayHint.refresh();
    };
    session.onChange(refresh);
    session.onSettings(refresh);
  },
};
