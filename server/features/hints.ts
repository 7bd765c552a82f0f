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
      tellOthers(file);
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
    // The editor asks by itself about what is typed; other files show it once it is seen from outside.
    const interfaces = new Map<string, string>();
    const tellOthers = (file: string) => {
      const seen = session.workspace.source(file)?.interfaceKey ?? '';
      const before = interfaces.get(file);
      interfaces.set(file, seen);
      if (before !== undefined && before !== seen) refresh();
    };
    session.onChange((files) => {
      if (files.some((file) => session.files.version(file) === null)) refresh();
    });
    session.onSettings(refresh);
  },
};
