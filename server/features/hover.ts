import { MarkupKind } from 'vscode-languageserver';
import type { Hover } from '../../language/answers/answers';
import type { Feature, Session } from '../session';

export const hover: Feature = {
  capabilities: () => ({ hoverProvider: true }),
  register(session) {
    session.connection.onHover(async (request, token) => {
      const at = await session.at(request);
      if (!at) return null;
      const asked = () => session.workspace.hovering(at.file, session.offsetOf(at.file, request.position));
      const found = await session.answer(at.file, asked, token);
      if (!found) return null;
      const formats = session.client.textDocument?.hover?.contentFormat ?? [MarkupKind.Markdown];
      const kind = formats.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText;
      const value = [found.markdown, ...factLines(session, found, kind)].join('\n\n');
      return { contents: { kind, value }, range: session.range(at.file, found.range) };
    });
  },
};

/** What led to it, with links to where it is written. */
function factLines(session: Session, { facts = [] }: Hover, kind: MarkupKind): string[] {
  if (facts.length === 0) return [];
  const lines = facts.map(({ text, ...place }) => {
    const { uri, range } = session.location(place);
    const line = `line ${range.start.line + 1}`;
    const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
    const where = `${name}, ${line}`;
    return `- ${text} (${kind === MarkupKind.Markdown ? `[${where}](${uri}#L${range.start.line + 1})` : where})`;
  });
  return [lines.join('\n')];
}
