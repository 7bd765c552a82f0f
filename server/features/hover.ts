import { MarkupKind } from 'vscode-languageserver';
import type { Feature } from '../session';

export const hover: Feature = {
  capabilities: () => ({ hoverProvider: true }),
  register(session) {
    session.connection.onHover(async (request) => {
      const at = await session.at(request);
      const found = at && session.workspace.hover(at.file, at.offset);
      if (!found) return null;
      const formats = session.client.textDocument?.hover?.contentFormat ?? [MarkupKind.Markdown];
      const kind = formats.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText;
      return { contents: { kind, value: found.markdown }, range: session.range(at.file, found.range) };
    });
  },
};
