import type { TextEdit } from 'vscode-languageserver';
import { format } from '../../language/answers/format';
import type { Range } from '../../language/syntax/tree';
import type { Feature, Session } from '../session';

/** Layout without a change of meaning. A broken file is left as it is, silently: it is being typed. */
export const formatting: Feature = {
  capabilities: () => ({ documentFormattingProvider: true, documentRangeFormattingProvider: true }),
  register(session) {
    session.connection.onDocumentFormatting(async ({ textDocument }) => {
      const file = await session.find(textDocument);
      return file === undefined ? [] : edits(session, file);
    });
    session.connection.onDocumentRangeFormatting(async ({ textDocument, range }) => {
      const file = await session.find(textDocument);
      return file === undefined ? [] : edits(session, file, session.offsets(file, range));
    });
  },
};

function edits(session: Session, file: string, within?: Range): TextEdit[] {
  const tree = session.workspace.source(file)?.tree;
  return tree
    ? format(tree, within).map(({ range, text }) => ({ range: session.range(file, range), newText: text }))
    : [];
}
